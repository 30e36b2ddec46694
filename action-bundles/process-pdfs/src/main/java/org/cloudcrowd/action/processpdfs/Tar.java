package org.cloudcrowd.action.processpdfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.action.ActionContext;

/** Packs files, and unpacks what was packed here. */
final class Tar {
  static final String PROGRAM = "tar";

  private final ActionContext context;

  Tar(ActionContext context) {
    this.context = context;
  }

  /** Packs all that lies in a folder, in the order of its names. */
  Path pack(Path folder, Path archive) throws IOException {
    return pack(List.of("--create"), folder, archive);
  }

  /** As {@link #pack}, and makes it small. */
  Path packTightly(Path folder, Path archive) throws IOException {
    return pack(List.of("--create", "--gzip"), folder, archive);
  }

  private Path pack(List<String> how, Path folder, Path archive) throws IOException {
    var command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(how);
    command.addAll(
        List.of(
            "--sort=name", "--file", archive.toString(), "--directory", folder.toString(), "--"));
    try (var files = Files.list(folder)) {
      files.map(file -> file.getFileName().toString()).sorted().forEach(command::add);
    }
    context.run(command);
    return archive;
  }

  /** Unpacks into a folder, which is made where it is missing. */
  void unpack(Path archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    context.run(
        PROGRAM,
        "--extract",
        "--no-same-owner",
        "--file",
        archive.toString(),
        "--directory",
        folder.toString());
  }
}
