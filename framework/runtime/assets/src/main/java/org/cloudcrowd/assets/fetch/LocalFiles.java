package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.cloudcrowd.outbound.ServerExposure;

/** Reads the files of {@code file:} URLs. */
final class LocalFiles {
  private final List<Path> roots;

  LocalFiles(List<Path> roots) {
    this.roots = roots;
  }

  /**
   * Copies a file.
   *
   * @throws IOException if that is not allowed or fails; the message is only the reason
   */
  void copy(URI url, Path target, ServerExposure exposure, SizeLimit limit) throws IOException {
    if (url.getPath() == null || (url.getHost() != null && !url.getHost().equals("localhost"))) {
      throw new IOException("a file URL names a file of this machine, as in file:///a/b");
    }
    if (exposure == ServerExposure.ELSEWHERE) {
      throw new IOException(
          "the server is on another machine than this node, whose files are not what its clients"
              + " mean; give a URL of http or https");
    }
    try {
      // The real path is checked and then read, so a link cannot lead out of the roots.
      var real = Path.of(url.getPath()).toRealPath();
      if (!isBelowRoots(real)) {
        throw new IOException(
            "it is not below the file_roots that etc/"
                + FetchConfiguration.PID
                + ".cfg allows; name its directory there, or give a URL of http or https");
      }
      if (!Files.isRegularFile(real)) {
        throw new IOException("it is no regular file");
      }
      try (var in = Files.newInputStream(real)) {
        limit.copy(in, target);
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException(e.getReason() == null ? "it cannot be read" : e.getReason(), e);
    }
  }

  private boolean isBelowRoots(Path real) throws IOException {
    for (Path root : roots) {
      if (Files.exists(root) && real.startsWith(root.toRealPath())) {
        return true;
      }
    }
    return false;
  }
}
