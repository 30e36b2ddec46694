package org.cloudcrowd.action.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cloudcrowd.assets.AssetKey;

/** Keeps what is saved below a folder of the test. */
record SavedFiles(Path root) {

  URI save(AssetKey key, Path file) throws IOException {
    var target = root.resolve(key.path());
    Files.createDirectories(target.getParent());
    return Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING).toUri();
  }
}
