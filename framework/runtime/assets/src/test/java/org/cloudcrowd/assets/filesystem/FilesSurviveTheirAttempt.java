package org.cloudcrowd.assets.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.assets.storage.StorageConfiguration;
import org.cloudcrowd.assets.storage.StorageSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.condition.Condition;
import org.osgi.util.converter.Converters;

class FilesSurviveTheirAttempt {
  @TempDir Path folder;
  private FilesystemAssetStore store;

  @BeforeEach
  void open() {
    store =
        new FilesystemAssetStore(
            new StorageSettings(
                Converters.standardConverter()
                    .convert(Map.of("directory", folder.resolve("assets").toString()))
                    .to(StorageConfiguration.class)),
            Condition.INSTANCE);
  }

  @Test
  void aSavedFileLiesUnderItsActionJobUnitAndAttempt() throws Exception {
    var file = Files.writeString(folder.resolve("a b.txt"), "text");

    var url = store.save(new AssetKey("count", 1, 2, 3, "a b.txt"), file);

    assertThat(url.getScheme()).isEqualTo("file");
    assertThat(Path.of(url)).hasContent("text");
    assertThat(Path.of(url)).endsWith(Path.of("assets/count/job_1/unit_2/attempt_3/a b.txt"));
    try (var siblings = Files.list(Path.of(url).getParent())) {
      assertThat(siblings).hasSize(1);
    }
  }

  @Test
  void aSecondFileOfTheSameNameReplacesTheFirst() throws Exception {
    var key = new AssetKey("count", 1, 2, 3, "f");
    store.save(key, Files.writeString(folder.resolve("f"), "old"));

    assertThat(Path.of(store.save(key, Files.writeString(folder.resolve("f"), "new"))))
        .hasContent("new");
  }

  @Test
  void deletingAJobLeavesTheOthersFiles() throws Exception {
    var file = Files.writeString(folder.resolve("f"), "text");
    var deleted = store.save(new AssetKey("count", 1, 2, 3, "f"), file);
    var kept = store.save(new AssetKey("count", 11, 2, 3, "f"), file);

    store.deleteJob(new JobFiles("count", 1));
    store.deleteJob(new JobFiles("count", 1));

    assertThat(Path.of(deleted)).doesNotExist();
    assertThat(Path.of(deleted).getParent().getParent().getParent()).doesNotExist();
    assertThat(Path.of(kept)).exists();
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThatThrownBy(() -> store.save(new AssetKey("count", 1, 2, 3, "f"), folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no regular file");
    for (String name : new String[] {"", " ", ".", "..", "../x", "a/b", "a\0b"}) {
      assertThatThrownBy(() -> new AssetKey("count", 1, 2, 3, name))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new AssetKey(name, 1, 2, 3, "f"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
