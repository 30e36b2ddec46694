package org.cloudcrowd.action.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.testkit.ActionTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real tar, on archives that it makes. */
class ArchivesDoNoHarm {
  @TempDir Path folder;
  private Path in;
  private Path archive;
  private ActionTester tester;

  @BeforeEach
  void open() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
    archive = folder.resolve("batch.tar");
    Action unpacking =
        context -> {
          var to = context.workDirectory().resolve("unpacked");
          new Tar(context).unpack(context.inputPath(), to);
          try (var files = Files.walk(to)) {
            return files
                .filter(Files::isRegularFile)
                .map(file -> to.relativize(file).toString())
                .sorted()
                .toList();
          }
        };
    tester = new ActionTester(unpacking);
  }

  @AfterEach
  void close() throws IOException {
    tester.close();
  }

  private void tar(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("tar", "-cf", archive.toString(), "-C", in.toString()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private void refused(String reason) {
    assertThatThrownBy(() -> tester.process(archive))
        .isInstanceOf(ActionFailure.class)
        .hasMessageStartingWith("batch.tar ")
        .hasMessageContaining(reason);
  }

  @Test
  void filesAndFoldersAreUnpackedWhateverTheyAreCalled() throws Exception {
    Files.createDirectories(in.resolve("a b/c"));
    Files.writeString(in.resolve("a b/c/d\ne"), "text");
    Files.writeString(in.resolve("..f"), "text");
    tar(".");
    assertThat(tester.process(archive)).isEqualTo(List.of("..f", "a b/c/d\ne"));
  }

  @Test
  void linksAreRefused() throws Exception {
    Files.createSymbolicLink(in.resolve("link"), Path.of("/etc"));
    tar(".");
    refused("neither a file nor a folder");
    Files.delete(in.resolve("link"));
    Files.writeString(in.resolve("one"), "text");
    Files.createLink(in.resolve("two"), in.resolve("one"));
    tar("one", "two");
    refused("neither a file nor a folder");
  }

  @Test
  void namesThatLeadOutAreRefused() throws Exception {
    Files.writeString(folder.resolve("outside"), "text");
    tar("-P", "../outside");
    refused("leads out of it: ../outside");
    tar("-P", folder.resolve("outside").toString());
    refused("leads out of it: /");
  }

  @Test
  void whatWouldFillTheDiskIsRefused() throws Exception {
    Files.write(in.resolve("zeros"), new byte[150 << 20]);
    tar("-z", "zeros");
    refused("more than 100 times its size");
  }

  @Test
  void whatIsNoArchiveIsNamed() throws Exception {
    Files.writeString(archive, "no archive");
    refused("is no archive that can be read");
  }
}
