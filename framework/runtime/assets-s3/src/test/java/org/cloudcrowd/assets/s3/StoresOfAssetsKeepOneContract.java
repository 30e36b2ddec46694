package org.cloudcrowd.assets.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.AttemptFiles;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.assets.filesystem.FilesystemAssetStore;
import org.cloudcrowd.assets.storage.StorageConfiguration;
import org.cloudcrowd.assets.storage.StorageSettings;
import org.cloudcrowd.itests.s3.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.service.condition.Condition;
import org.osgi.util.converter.Converters;

class StoresOfAssetsKeepOneContract {
  private static final int BYTES_PER_MEGABYTE = 1024 * 1024;

  private static S3Server server;
  @TempDir Path folder;

  /** Where assets lie. */
  enum Storage {
    FILESYSTEM,
    S3,
    S3_BELOW_A_PREFIX
  }

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private AssetStore store(Storage storage) {
    return switch (storage) {
      case FILESYSTEM ->
          new FilesystemAssetStore(
              new StorageSettings(
                  Converters.standardConverter()
                      .convert(Map.of("directory", folder.resolve("assets").toString()))
                      .to(StorageConfiguration.class)),
              Condition.INSTANCE);
      case S3 -> s3(Map.of());
      case S3_BELOW_A_PREFIX -> s3(Map.of("s3_prefix", "below a/prefix/"));
    };
  }

  private static AssetStore s3(Map<String, Object> more) {
    var values =
        new HashMap<String, Object>(
            Map.of(
                "s3_bucket",
                S3Server.BUCKET,
                "s3_endpoint",
                server.endpoint().toString(),
                "aws_access_key",
                S3Server.ACCESS_KEY,
                "aws_secret_key",
                S3Server.SECRET_KEY,
                "part_megabytes",
                5));
    values.putAll(more);
    return new S3AssetStore(
        Converters.standardConverter().convert(values).to(S3Configuration.class),
        Condition.INSTANCE);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("file"), content);
  }

  private static String read(AssetStore store, AssetKey key, long from) throws IOException {
    try (var in = store.open(key).orElseThrow().content().from(from)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSavedIsReadAgainWhateverItIsCalled(Storage storage) throws Exception {
    var store = store(storage);
    for (String name :
        List.of("a.txt", "a b+c.txt", "é&%2F?#.txt", "~!*'().pdf", "'quo\"ted'", "\u2603")) {
      var key = new AssetKey("name_s", 1, 2, 3, name);
      var url = store.save(key, file("text of " + name));

      assertThat(store.find(url)).as(name).contains(key);
      assertThat(store.find(store.link(key))).as(name).contains(key);
      assertThat(read(store, key, 0)).isEqualTo("text of " + name);
      assertThat(read(store, key, 8)).isEqualTo(name);
      var asset = store.open(key).orElseThrow();
      assertThat(asset.bytes()).isEqualTo(("text of " + name).getBytes(UTF_8).length);
      assertThat(asset.savedAt()).isCloseTo(Instant.now(), within(Duration.ofMinutes(5)));
    }
    store.deleteJob(new JobFiles("name_s", 1));
  }

  @ParameterizedTest
  @EnumSource
  void aSecondFileOfTheSameKeyReplacesTheFirstAndAnEmptyOneIsOne(Storage storage) throws Exception {
    var store = store(storage);
    var key = new AssetKey("same", 1, 2, 3, "f");
    store.save(key, file("old"));
    store.save(key, file("new"));
    assertThat(read(store, key, 0)).isEqualTo("new");
    store.save(key, file(""));
    assertThat(read(store, key, 0)).isEmpty();
    store.deleteJob(new JobFiles("same", 1));
  }

  @ParameterizedTest
  @EnumSource
  void aLargeFileIsKeptWhole(Storage storage) throws Exception {
    var store = store(storage);
    var bytes = new byte[12 * BYTES_PER_MEGABYTE + 17];
    new Random(1).nextBytes(bytes);
    var key = new AssetKey("large", 1, 2, 3, "large.bin");
    store.save(key, Files.write(folder.resolve("large"), bytes));

    try (var in = store.open(key).orElseThrow().content().from(0)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    store.deleteJob(new JobFiles("large", 1));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereIsNotOpened(Storage storage) throws Exception {
    var store = store(storage);
    assertThat(store.open(new AssetKey("none", 1, 2, 3, "f"))).isEmpty();
    assertThatThrownBy(() -> store.save(new AssetKey("none", 1, 2, 3, "f"), folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no regular file");
  }

  @ParameterizedTest
  @EnumSource
  void urlsOfOthersAreNotTakenForAssets(Storage storage) throws Exception {
    var store = store(storage);
    var own = store.link(new AssetKey("count", 1, 2, 3, "f")).toString();
    for (String other :
        List.of(
            "http://example.com/count/job_1/unit_2/attempt_3/f",
            "file:///count/job_1/unit_2/attempt_3/f",
            own.replaceFirst("/count/", "/../count/"),
            own.replaceFirst("attempt_3", "attempt_x"),
            own.replaceFirst("/count/.*", "/"),
            "mailto:somebody")) {
      assertThat(store.find(URI.create(other))).as(other).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void attemptsAndJobsAreDeletedAloneAndTwiceWithoutHarm(Storage storage) throws Exception {
    var store = store(storage);
    var stale = new AssetKey("clean", 1, 2, 1, "f");
    var counted = new AssetKey("clean", 1, 2, 11, "f");
    var other = new AssetKey("clean", 11, 3, 1, "f");
    for (AssetKey key : List.of(stale, counted, other)) {
      store.save(key, file("text"));
    }
    for (int i = 0; i < 2; i++) {
      store.deleteAttempt(new AttemptFiles(new JobFiles("clean", 1), 2, 1));
      assertThat(store.open(stale)).isEmpty();
      assertThat(store.open(counted)).isPresent();
    }
    for (int i = 0; i < 2; i++) {
      store.deleteJob(new JobFiles("clean", 1));
      assertThat(store.open(counted)).isEmpty();
      assertThat(store.open(other)).isPresent();
    }
    store.deleteJob(new JobFiles("clean", 11));
  }

  @ParameterizedTest
  @EnumSource
  void everyJobWithAssetsIsTold(Storage storage) throws Exception {
    var store = store(storage);
    assertThat(jobs(store)).isEmpty();
    store.save(new AssetKey("one", 1, 2, 3, "f"), file("text"));
    store.save(new AssetKey("one", 1, 3, 3, "f"), file("text"));
    store.save(new AssetKey("two", 12, 2, 3, "f"), file("text"));

    assertThat(jobs(store))
        .containsExactlyInAnyOrder(new JobFiles("one", 1), new JobFiles("two", 12));
    store.deleteJob(new JobFiles("one", 1));
    store.deleteJob(new JobFiles("two", 12));
    assertThat(jobs(store)).isEmpty();
  }

  private static List<JobFiles> jobs(AssetStore store) throws IOException {
    var jobs = new ArrayList<JobFiles>();
    store.eachJob(jobs::add);
    return jobs;
  }
}
