package org.cloudcrowd.node.processes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an attempt prints: the first lines and the last ones, and how much is missing between them.
 * Safe for any number of threads.
 */
public final class UnitLog {
  /** What ends a line is not among them; what else a terminal would obey is shown, not obeyed. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  private static final int HEAD_SHARE = 4;

  private final int maxHead;
  private final int maxTail;
  private final StringBuilder head = new StringBuilder();
  private final Deque<String> tail = new ArrayDeque<>();
  private int tailLength;
  private long dropped;
  private long printed;

  /**
   * An empty log.
   *
   * @param maxCharacters how many characters are kept; 0 for none
   */
  public UnitLog(int maxCharacters) {
    maxHead = maxCharacters / HEAD_SHARE;
    maxTail = maxCharacters - maxHead;
  }

  /** A line as it may be shown and stored: without control characters. */
  public static String printable(String line) {
    return CONTROL.matcher(line).replaceAll("\uFFFD");
  }

  /** Adds a line, without its end. */
  public synchronized void add(String text) {
    var line = printable(text) + "\n";
    printed += line.length();
    if (tail.isEmpty() && head.length() + line.length() <= maxHead) {
      head.append(line);
      return;
    }
    tail.addLast(line);
    tailLength += line.length();
    while (tailLength > maxTail) {
      tailLength -= tail.removeFirst().length();
      dropped++;
    }
  }

  /** How many characters were printed in all. */
  public synchronized long printed() {
    return printed;
  }

  /** The lines that are kept, each with its end; nothing where none is to be kept. */
  public synchronized String text() {
    var text = new StringBuilder(head);
    if (dropped > 0 && maxTail > 0) {
      text.append(String.format(Locale.ROOT, "… (%d lines are left out here)%n", dropped));
    }
    tail.forEach(text::append);
    return text.toString();
  }
}
