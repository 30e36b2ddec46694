package org.cloudcrowd.node.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program puts into its folder is stored whole, or its unit fails and says so. */
class NothingThatIsSavedIsLost {
  private final List<String> stored = new ArrayList<>();
  @TempDir Path folder;

  private void store() throws IOException {
    var unused =
        new SaveFolder(
                folder,
                (name, file) -> {
                  stored.add(name);
                  return URI.create("asset:/" + stored.size());
                })
            .in(null);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::store).isInstanceOf(IOException.class).hasMessageContaining(message);
    assertThat(stored).isEmpty();
  }

  private void run(String script) throws Exception {
    var process = new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void filesAreStoredByTheirNames() throws Exception {
    run("touch b 'a b' ü.txt");
    store();
    assertThat(stored).containsExactly("a b", "b", "ü.txt");
  }

  @Test
  void aFolderALinkOrAPipeIsRefusedAndNothingIsStored() throws Exception {
    run("touch a; mkdir inside; touch inside/b");
    assertRefused("./save has the folder 'inside'; only files are stored");
    run("rm -r inside; ln -s /etc/passwd link");
    assertRefused("./save has the link 'link'; links are not followed");
    run("rm link; mkfifo pipe");
    assertRefused("./save has 'pipe', which is no file");
  }

  @Test
  void aNameThatIsNoUtf8IsRefused() throws Exception {
    run("touch \"$(printf 'caf\\351')\"");
    assertRefused("./save has a file whose name is not UTF-8");
  }

  @Test
  void moreFilesThanALimitAreRefused() throws Exception {
    run("seq 10001 | xargs touch");
    assertRefused("./save has more than 10000 files");
  }

  @Test
  void aFolderThatIsGoneIsRefused() throws Exception {
    run("rmdir \"$PWD\"; ln -s /etc \"$PWD\"");
    assertRefused("./save is no folder any more");
    Files.delete(folder);
    Files.createDirectory(folder);
  }
}
