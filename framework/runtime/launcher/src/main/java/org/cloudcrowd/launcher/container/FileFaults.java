package org.cloudcrowd.launcher.container;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/**
 * Describes why a file or folder cannot be used, which the JDK tells by the class of its exception.
 */
public final class FileFaults {
  private FileFaults() {}

  /** The reason in words, without the name of the file. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of this name";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    var reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
    return reason == null ? "the system says no more" : reason.toLowerCase(Locale.ROOT);
  }
}
