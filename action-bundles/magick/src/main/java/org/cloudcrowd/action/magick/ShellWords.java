package org.cloudcrowd.action.magick;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionFailure;

/** Splits a line into arguments as a POSIX shell would that expands nothing. */
public final class ShellWords {
  /** Quoted text and escaped characters stand next to each other in one word. */
  private static final Pattern WORD =
      Pattern.compile("(?:[^\\s'\"\\\\]|\\\\.|'[^']*'|\"(?:[^\"\\\\]|\\\\.)*\")+", Pattern.DOTALL);

  private static final Pattern PART =
      Pattern.compile("'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|\\\\(.)|([^'\"\\\\]+)", Pattern.DOTALL);

  private ShellWords() {}

  /**
   * The words of a line.
   *
   * @throws ActionFailure if a quote is left open
   */
  public static List<String> of(String line) {
    var words = new ArrayList<String>();
    var rest = new StringBuilder();
    int done = 0;
    var word = WORD.matcher(line);
    while (word.find()) {
      rest.append(line, done, word.start());
      words.add(unquoted(word.group()));
      done = word.end();
    }
    if (!rest.append(line.substring(done)).toString().isBlank()) {
      throw new ActionFailure("a quote is left open in: " + line);
    }
    return words;
  }

  private static String unquoted(String word) {
    var text = new StringBuilder();
    PART.matcher(word)
        .results()
        .forEach(
            part -> {
              if (part.group(1) != null) {
                text.append(part.group(1));
              } else if (part.group(2) != null) {
                // Between double quotes a backslash escapes these alone.
                text.append(part.group(2).replaceAll("\\\\([\"\\\\$`])", "$1"));
              } else {
                text.append(part.group(3) == null ? part.group(4) : part.group(3));
              }
            });
    return text.toString();
  }
}
