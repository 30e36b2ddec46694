package org.cloudcrowd.node.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedInputsGoWithTheirJob {
  @TempDir Path folder;
  private final Set<Long> busy = new HashSet<>();

  private Path input(String job) throws IOException {
    return Files.writeString(Files.createDirectories(folder.resolve(job)).resolve("file"), "text");
  }

  @Test
  void whenTheNodeHasHadNoUnitOfItForTwoLooks() throws IOException {
    var inputs = new SharedInputs(folder, () -> busy);
    var one = input("job_1");
    var two = input("job_2");
    var other = input("something else");
    busy.add(2L);

    inputs.sweep();
    assertThat(one).exists();
    // A unit of it came between.
    busy.add(1L);
    inputs.sweep();
    busy.remove(1L);
    inputs.sweep();
    assertThat(one).exists();
    inputs.sweep();

    assertThat(one.getParent()).doesNotExist();
    assertThat(two).exists();
    assertThat(other).exists();
  }

  @Test
  void whereNothingWasSharedThereIsNothingToDo() {
    new SharedInputs(folder.resolve("missing"), () -> busy).sweep();
    assertThat(folder).isEmptyDirectory();
  }
}
