package org.cloudcrowd.itests.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A program as its author writes it: a manifest and files. */
public final class DroppedProgram {
  private final Map<String, String> files = new LinkedHashMap<>();

  private DroppedProgram() {}

  /** With a manifest. */
  static DroppedProgram of(String manifest) {
    return new DroppedProgram().with("action.yaml", manifest);
  }

  /** With a manifest of these lines beside its name, and one script that is all of it. */
  public static DroppedProgram script(String name, String script, String... lines) {
    return of("name: " + name + "\nprocess: [\"./run.sh\"]\n" + String.join("\n", lines) + "\n")
        .with("run.sh", "#!/bin/sh\n" + script + "\n");
  }

  DroppedProgram with(String file, String text) {
    files.put(file, text);
    return this;
  }

  public void copyTo(Path folder) throws IOException {
    for (var file : files.entrySet()) {
      var target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      // Whole at once: a file that is written in place can be read half.
      var beside = Files.writeString(folder.resolve(".new"), file.getValue());
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  void zipTo(Path zip) throws IOException {
    var beside = zip.resolveSibling("." + zip.getFileName());
    try (var out = new ZipOutputStream(Files.newOutputStream(beside))) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.move(beside, zip, StandardCopyOption.ATOMIC_MOVE);
  }
}
