package org.cloudcrowd.node.processes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The output that an attempt prints: its first lines and its last ones, and the number of lines
 * left out between them. Safe for any number of threads.
 */
public final class UnitLog {
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
   * @param maxCharacters the number of characters kept; 0 for none
   */
  public UnitLog(int maxCharacters) {
    maxHead = maxCharacters / HEAD_SHARE;
    maxTail = maxCharacters - maxHead;
  }

  /** A line as it may be shown and stored: without control characters. */
  public static String printable(String line) {
    var characters = line.toCharArray();
    boolean changed = false;
    for (int i = 0; i < characters.length; i++) {
      if (isControl(characters[i])) {
        characters[i] = '\uFFFD';
        changed = true;
      }
    }
    return changed ? new String(characters) : line;
  }

  /** Control characters but the tab; a terminal would interpret them, those of ISO 8859 too. */
  private static boolean isControl(char character) {
    return Character.isISOControl(character) && character != '\t';
  }

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

  /** The lines that are kept, each with its line end; empty where none are kept. */
  public synchronized String text() {
    var text = new StringBuilder(head);
    if (dropped > 0 && maxTail > 0) {
      text.append(String.format(Locale.ROOT, "… (%d lines are left out here)%n", dropped));
    }
    tail.forEach(text::append);
    return text.toString();
  }
}
