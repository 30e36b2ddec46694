package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Limits the size of inputs. */
final class SizeLimit {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

  private final int megabytes;

  SizeLimit(int megabytes) {
    this.megabytes = megabytes;
  }

  /** Throws where a size is larger. */
  void check(long bytes) throws IOException {
    if (bytes > megabytes * BYTES_PER_MEGABYTE) {
      throw new IOException(
          "it is larger than "
              + megabytes
              + " MiB, the max_megabytes of etc/"
              + FetchConfiguration.PID
              + ".cfg");
    }
  }

  /** Copies up to the limit, whatever size was announced. */
  void copy(InputStream in, Path target) throws IOException {
    try (var out = Files.newOutputStream(target)) {
      var buffer = new byte[BUFFER_BYTES];
      long written = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        written += read;
        check(written);
        out.write(buffer, 0, read);
      }
    }
  }
}
