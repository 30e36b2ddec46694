package org.cloudcrowd.assets.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.AttemptFiles;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.assets.StoredAsset;
import org.cloudcrowd.assets.storage.StorageSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;

/** Stores assets below a directory that every node, worker and server sees. */
@Component
public final class FilesystemAssetStore implements AssetStore {
  private static final Pattern JOB = Pattern.compile("job_([0-9]{1,18})");

  private final Path root;

  /** Stores files below the configured directory, if {@code storage} is {@code filesystem}. */
  @Activate
  public FilesystemAssetStore(
      @Reference StorageSettings settings,
      @Reference(name = "chosen", target = "(osgi.condition.id=org.cloudcrowd.assets.filesystem)")
          Condition chosen) {
    root = Path.of(settings.configuration().directory()).toAbsolutePath().normalize();
  }

  @Override
  public URI save(AssetKey key, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("cannot save " + file + ": it is no regular file");
    }
    var target = target(key);
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
    return link(key);
  }

  private Path target(AssetKey key) {
    return root.resolve(key.path());
  }

  @Override
  public URI link(AssetKey key) {
    return target(key).toUri();
  }

  @Override
  public Optional<AssetKey> find(URI url) {
    try {
      var path = "file".equals(url.getScheme()) ? Path.of(url) : null;
      // A path that is not normalized, as ../, is not of a URL that is made here.
      return path != null && path.startsWith(root) && path.normalize().equals(path)
          ? AssetKey.ofPath(root.relativize(path).toString())
          : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<StoredAsset> open(AssetKey key) throws IOException {
    var file = target(key);
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(
              new StoredAsset(
                  attributes.size(),
                  attributes.lastModifiedTime().toInstant(),
                  first -> read(file, first)))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static InputStream read(Path file, long first) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return Channels.newInputStream(channel.position(first));
  }

  @Override
  public void deleteAttempt(AttemptFiles attempt) throws IOException {
    delete(root.resolve(attempt.path()));
  }

  @Override
  public void deleteJob(JobFiles job) throws IOException {
    delete(root.resolve(job.path()));
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      PathUtils.deleteDirectory(directory);
    }
  }

  @Override
  public void eachJob(Consumer<JobFiles> visitor) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (var actions = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path action : actions) {
        try (var jobs = Files.newDirectoryStream(action)) {
          for (Path job : jobs) {
            var number = JOB.matcher(job.getFileName().toString());
            if (number.matches()) {
              visitor.accept(
                  new JobFiles(action.getFileName().toString(), Long.parseLong(number.group(1))));
            }
          }
        }
      }
    }
  }
}
