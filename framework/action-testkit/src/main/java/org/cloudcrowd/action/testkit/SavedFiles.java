package org.cloudcrowd.action.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;

/** Keeps what is saved in a folder. */
final class SavedFiles implements AssetStore {
  private final Path root;

  SavedFiles(Path root) {
    this.root = root;
  }

  @Override
  public URI save(AssetKey key, Path file) throws IOException {
    var target = root.resolve(key.path());
    Files.createDirectories(target.getParent());
    return Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING).toUri();
  }

  @Override
  public void deleteJob(String action, long jobId) throws IOException {
    var files = root.resolve(AssetKey.jobPath(action, jobId));
    if (Files.exists(files)) {
      PathUtils.deleteDirectory(files);
    }
  }
}
