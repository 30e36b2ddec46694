package org.cloudcrowd.action.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cloudcrowd.assets.FetchPlace;
import org.cloudcrowd.assets.FetchedInput;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.assets.InputSource;

/** Fetches files of the machine of the test, and nothing else: a test needs no network. */
final class FileInputs implements InputFetcher {
  private static final String FILE = "file:";

  @Override
  public FetchedInput fetch(InputSource source, FetchPlace place) throws IOException {
    var url = source.url();
    if (!url.startsWith(FILE)) {
      throw new IOException(url + " is not fetched: a test's inputs are file: URLs");
    }
    var file = Path.of(URI.create(url));
    var copy =
        Files.copy(
            file,
            place.directory().resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
    return new FetchedInput(copy, null);
  }
}
