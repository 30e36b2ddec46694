package org.cloudcrowd.configuration.diagnosis;

import java.util.Map;

/** Reads why a component failed to start from the stack trace that Declarative Services keep. */
final class Failure {
  private static final String CAUSE = "Caused by: ";

  /** The meaning of exceptions of the JDK whose message is only the name of a file. */
  private static final Map<String, String> FILES =
      Map.of(
          "java.nio.file.NoSuchFileException", "there is no such file or folder",
          "java.nio.file.AccessDeniedException", "permission denied",
          "java.nio.file.FileAlreadyExistsException", "there is a file of this name");

  private Failure() {}

  /** Whether it failed only because another component has failed, which has its own line. */
  static boolean isOfAnother(String trace) {
    return root(trace).contains("Unable to get service for reference");
  }

  /** The message of the first cause, in one line. */
  static String reason(String trace) {
    var root = root(trace);
    int colon = root.indexOf(": ");
    if (colon < 0) {
      return root;
    }
    var message = root.substring(colon + 2);
    var ofFile = FILES.get(root.substring(0, colon));
    return ofFile == null ? message : message + ": " + ofFile;
  }

  private static String root(String trace) {
    return trace
        .lines()
        .filter(line -> line.startsWith(CAUSE))
        .map(line -> line.substring(CAUSE.length()))
        .reduce((first, second) -> second)
        .orElseGet(() -> trace.lines().findFirst().orElse("for an unknown reason"));
  }
}
