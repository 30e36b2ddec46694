package org.cloudcrowd.action.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;

/** Packs files, and unpacks what was packed here. */
public final class Tar {
  /** The name of its program. */
  public static final String PROGRAM = "tar";

  /** As GNU tar lists files and folders; what else there is has another letter at its beginning. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "[-d]\\S{9,10}\\s+\\S+\\s+(?<bytes>[0-9]{1,18})\\s+\\S+\\s+\\S+\\s(?<name>.*)");

  private static final Pattern OUTWARD = Pattern.compile("(^|/)[.][.](/|$)");
  private static final int MAX_ENTRIES = 100_000;
  private static final long MAX_RATIO = 100;
  private static final long MIN_SIZE = 1 << 20;

  private final ActionContext context;

  /** In the work directory of an attempt. */
  public Tar(ActionContext context) {
    this.context = context;
  }

  /** Packs all that lies in a folder, in the order of its names. */
  public Path pack(Path folder, Path archive) throws IOException {
    return pack(List.of("--create"), folder, archive);
  }

  /** As {@link #pack}, and makes it small. */
  public Path packTightly(Path folder, Path archive) throws IOException {
    return pack(List.of("--create", "--gzip"), folder, archive);
  }

  private Path pack(List<String> how, Path folder, Path archive) throws IOException {
    var command = new ArrayList<>(List.of(PROGRAM));
    command.addAll(how);
    command.addAll(
        List.of(
            "--sort=name", "--file", archive.toString(), "--directory", folder.toString(), "--"));
    List<String> names;
    try (var files = Files.list(folder)) {
      names = files.map(file -> file.getFileName().toString()).sorted().toList();
    }
    if (names.isEmpty()) {
      throw new ActionFailure("there is nothing to pack into " + archive.getFileName());
    }
    command.addAll(names);
    context.run(command);
    return archive;
  }

  /**
   * Unpacks into a folder, which is made where it is missing.
   *
   * @throws ActionFailure if it has anything but files and folders below it, or more or larger ones
   *     than any batch of pages has; nothing is unpacked then
   */
  public void unpack(Path archive, Path folder) throws IOException {
    check(archive);
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

  private void check(Path archive) throws IOException {
    var list =
        run(
            archive,
            PROGRAM,
            "--list",
            "--verbose",
            "--numeric-owner",
            "--quoting-style=escape",
            "--file",
            archive.toString());
    long entries = 0;
    long bytes = 0;
    for (String line : list.lines().toList()) {
      var entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        throw refused(archive, "has an entry that is neither a file nor a folder: " + line);
      }
      var name = entry.group("name");
      if (name.startsWith("/") || OUTWARD.matcher(name).find()) {
        throw refused(archive, "has an entry that leads out of it: " + name);
      }
      entries++;
      bytes += Long.parseLong(entry.group("bytes"));
    }
    if (entries > MAX_ENTRIES) {
      throw refused(
          archive, "has " + entries + " entries; at most " + MAX_ENTRIES + " are unpacked");
    }
    if (bytes > MAX_RATIO * (Files.size(archive) + MIN_SIZE)) {
      throw refused(
          archive,
          "would be unpacked to " + bytes + " bytes, more than " + MAX_RATIO + " times its size");
    }
  }

  private String run(Path archive, String... command) {
    try {
      return context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(archive.getFileName() + " is no archive that can be read", e);
    }
  }

  private static ActionFailure refused(Path archive, String why) {
    return new ActionFailure(archive.getFileName() + " " + why);
  }
}
