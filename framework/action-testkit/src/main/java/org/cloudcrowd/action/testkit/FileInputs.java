package org.cloudcrowd.action.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cloudcrowd.assets.InputFetcher;

/** Fetches files of the machine of the test, and nothing else: a test needs no network. */
final class FileInputs implements InputFetcher {
  private static final String FILE = "file:";

  @Override
  public boolean isUrl(String input) {
    return input.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:/.*");
  }

  @Override
  public Path fetch(String url, Path directory) throws IOException {
    if (!url.startsWith(FILE)) {
      throw new IOException(url + " is not fetched: a test's inputs are file: URLs");
    }
    var file = Path.of(URI.create(url));
    return Files.copy(
        file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }
}
