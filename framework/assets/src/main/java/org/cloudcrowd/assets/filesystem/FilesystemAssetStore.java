package org.cloudcrowd.assets.filesystem;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keeps assets below a directory that every node, worker and server sees. */
@Component(
    configurationPid = "org.cloudcrowd.assets",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FilesystemAssetStore.Configuration.class)
public final class FilesystemAssetStore implements AssetStore {

  /** Where the files lie. */
  @ObjectClassDefinition(
      name = "CloudCrowd assets",
      description = "Where the files lie that actions save.")
  public @interface Configuration {
    /** The key {@code directory}. */
    @AttributeDefinition(
        description =
            "The directory below which files are kept. It is made where it is missing; every node"
                + " and server of a cluster must see the same.")
    String directory();
  }

  private final Path root;

  /** Keeps files below the configured directory. */
  @Activate
  public FilesystemAssetStore(Configuration configuration) {
    root = Path.of(configuration.directory()).toAbsolutePath().normalize();
  }

  @Override
  public URI save(AssetKey key, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("cannot save " + file + ": it is no regular file");
    }
    var target = root.resolve(key.path());
    Files.createDirectories(target.getParent());
    var part = Files.createTempFile(target.getParent(), ".saving", null);
    try {
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      try (var written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return target.toUri();
  }

  @Override
  public void deleteJob(String action, long jobId) throws IOException {
    var directory = root.resolve(AssetKey.jobPath(action, jobId));
    if (Files.exists(directory)) {
      PathUtils.deleteDirectory(directory);
    }
  }
}
