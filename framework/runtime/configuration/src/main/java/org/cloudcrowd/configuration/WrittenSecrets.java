package org.cloudcrowd.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads logins and passwords literally from a file or the environment. A properties file would drop
 * a backslash with what it escapes, and File Install removes doubled backslashes and expands
 * variables in values of the environment.
 */
final class WrittenSecrets {
  /** Files of the other kind ({@code .config}) have a syntax in which every text can be written. */
  private static final String PROPERTIES = ".cfg";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:(\\\\)|u([0-9A-Fa-f]{4}))");

  private final UnaryOperator<String> environment;

  /**
   * Makes a reader.
   *
   * @param environment the value of a variable, or null where there is none
   */
  WrittenSecrets(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * The value of a key where it stands alone as a variable or has a backslash: a variable's value
   * as it is, and a text in which two backslashes are one and any other backslash is itself, but
   * for that of a character in four hexadecimal digits.
   *
   * @return empty where File Install's value is right
   */
  Optional<String> value(Path file, String key) {
    if (!file.toString().endsWith(PROPERTIES)) {
      return Optional.empty();
    }
    var line = Pattern.compile("\\s*" + Pattern.quote(key) + "\\s*[=:]\\s*(.*?)\\s*");
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .map(line::matcher)
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1))
          .reduce((earlier, later) -> later)
          .flatMap(this::value);
    } catch (IOException | UncheckedIOException e) {
      // A file that cannot be read changes nothing.
      return Optional.empty();
    }
  }

  private Optional<String> value(String written) {
    var variable = VARIABLE.matcher(written);
    if (variable.matches()) {
      return Optional.ofNullable(environment.apply(variable.group(1)));
    }
    return written.indexOf('\\') < 0 || written.contains("${")
        ? Optional.empty()
        : Optional.of(
            ESCAPE
                .matcher(written)
                .replaceAll(
                    escape ->
                        Matcher.quoteReplacement(
                            escape.group(1) != null
                                ? "\\"
                                : String.valueOf((char) Integer.parseInt(escape.group(2), 16)))));
  }
}
