package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudcrowd.assets.FetchedInput.Reply;

/**
 * Downloads that the units of a job share, in a folder that all workers of a node see.
 *
 * <p>A lock on a file beside the download makes other processes wait for the one that downloads;
 * the lock ends with its process. Each unit gets a copy of its own, since an action may change its
 * input.
 */
final class SharedDownloads {
  private static final int STRIPES = 64;
  private static final String REPLY = ".reply";

  /** A process can lock a file only once, so its threads synchronize on these. */
  private final Object[] turns = IntStream.range(0, STRIPES).mapToObj(i -> new Object()).toArray();

  /** Downloads a file. */
  interface Download {
    /**
     * Writes it.
     *
     * @return the server's answer, or null
     */
    Reply to(Path target) throws IOException;
  }

  /** Copies the file of a URL to the target, from a download that it makes or shares. */
  Reply bring(Path folder, String url, Path target, Download download) throws IOException {
    var name = name(url);
    synchronized (turns[Math.floorMod(name.hashCode(), STRIPES)]) {
      Files.createDirectories(folder);
      try (var channel =
              FileChannel.open(
                  folder.resolve(name + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
          var part = folder.resolve(name + ".part");
          write(folder.resolve(name + REPLY), download.to(part));
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        return read(folder.resolve(name + REPLY));
      }
    }
  }

  private static void write(Path file, Reply reply) throws IOException {
    Files.write(
        file,
        reply == null
            ? List.of()
            : List.of(Integer.toString(reply.status()), reply.type() == null ? "" : reply.type()));
  }

  private static Reply read(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    return lines.isEmpty()
        ? null
        : new Reply(Integer.parseInt(lines.get(0)), lines.get(1).isEmpty() ? null : lines.get(1));
  }

  /** Discards the shared download, because its checksum is wrong. */
  void forget(Path folder, String url) throws IOException {
    Files.deleteIfExists(folder.resolve(name(url)));
  }

  private static String name(String url) {
    return Sha256.of(url);
  }
}
