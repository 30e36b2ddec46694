package org.cloudcrowd.assets.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.itests.s3.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.condition.Condition;
import org.osgi.util.converter.Converters;

class AssetsLieOnS3 {
  private static final AssetKey KEY = new AssetKey("count", 1, 2, 3, "a b.txt");

  private static S3Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static S3AssetStore store(Map<String, Object> more) {
    var values =
        new HashMap<String, Object>(
            Map.of(
                "s3_bucket",
                S3Server.BUCKET,
                "s3_endpoint",
                server.endpoint() + "/",
                "aws_access_key",
                S3Server.ACCESS_KEY,
                "aws_secret_key",
                S3Server.SECRET_KEY));
    values.putAll(more);
    return new S3AssetStore(
        Converters.standardConverter().convert(values).to(S3Configuration.class),
        Condition.INSTANCE);
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("file"), "text");
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  @Test
  void aLinkIsSignedForADayAndForItsObjectAlone() throws Exception {
    var link = store(Map.of()).save(KEY, file()).toString();

    assertThat(link).contains("X-Amz-Expires=86400");
    var answer = get(link);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("text");
    assertThat(answer.headers().firstValue("Content-Type").orElse("").replace(" ", ""))
        .isEqualTo("text/plain;charset=utf-8");
    assertThat(get(link.replace("attempt_3", "attempt_4")).statusCode()).isEqualTo(403);
    assertThat(get(link.replace("Expires=86400", "Expires=86401")).statusCode()).isEqualTo(403);
    assertThat(get(link.substring(0, link.indexOf('?'))).statusCode()).isEqualTo(403);
  }

  @Test
  void aPublicBucketNeedsNoSignature() throws Exception {
    assertThat(store(Map.of("s3_authentication", false)).save(KEY, file()))
        .hasToString(server.endpoint() + "/assets/count/job_1/unit_2/attempt_3/a%20b.txt");
  }

  @Test
  void nothingIsLeftOfADeletedJobHoweverManyObjectsItHas() throws Exception {
    var store = store(Map.of());
    for (int unit = 0; unit < 1100; unit++) {
      store.save(new AssetKey("many", 7, unit, 1, "f"), file());
    }
    assertThat(server.objects()).hasSizeGreaterThanOrEqualTo(1100);

    store.deleteJob(new JobFiles("many", 7));

    assertThat(server.objects()).noneMatch(name -> name.startsWith("many/"));
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    var file = file();
    assertThatThrownBy(() -> store(Map.of("aws_secret_key", "wrong")).save(KEY, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot keep count/job_1/unit_2/attempt_3/a b.txt")
        .hasMessageContaining("HTTP 403")
        .hasMessageContaining("SignatureDoesNotMatch")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> store(Map.of("s3_bucket", "missing")).save(KEY, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NoSuchBucket");
    assertThatThrownBy(() -> store(Map.of("s3_bucket", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("etc/org.cloudcrowd.assets.s3.cfg: s3_bucket is empty");
    assertThatThrownBy(
            () ->
                store(Map.of("s3_endpoint", "http://127.0.0.1:1")).deleteJob(new JobFiles("a", 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http://127.0.0.1:1/")
        .hasMessageContaining("Connection refused");
  }
}
