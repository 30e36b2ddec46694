package org.cloudcrowd.server.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.AttemptFiles;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.assets.StoredAsset;
import org.cloudcrowd.server.Assets.BadLinkException;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.config.ServerAddress;
import org.cloudcrowd.server.config.ServerConfiguration;
import org.cloudcrowd.server.config.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.util.converter.Converters;

class LinksLastForTheirTerm {
  private static final AssetKey KEY = new AssetKey("count", 1, 2, 3, "a b.txt");

  @TempDir Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger signed = new AtomicInteger();
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");

  /** Has one asset, at URLs of a scheme. */
  private final class OneAsset implements AssetStore {
    private final String base;

    private OneAsset(String base) {
      this.base = base;
    }

    @Override
    public URI save(AssetKey key, Path file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public URI link(AssetKey key) {
      return URI.create(base + "?signed=" + signed.incrementAndGet());
    }

    @Override
    public Optional<AssetKey> find(URI url) {
      return url.toString().startsWith(base) ? Optional.of(KEY) : Optional.empty();
    }

    @Override
    public Optional<StoredAsset> open(AssetKey key) {
      return key.equals(KEY)
          ? Optional.of(new StoredAsset(0, now, first -> InputStream.nullInputStream()))
          : Optional.empty();
    }

    @Override
    public void deleteAttempt(AttemptFiles attempt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteJob(JobFiles job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void eachJob(Consumer<JobFiles> visitor) {
      throw new UnsupportedOperationException();
    }
  }

  private final class TestClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private AssetLinks links(String base, Map<String, Object> more) throws IOException {
    var values = new HashMap<String, Object>(Map.of("key_file", folder.resolve("key").toString()));
    values.putAll(more);
    var converter = Converters.standardConverter();
    return new AssetLinks(
        converter.convert(values).to(LinkConfiguration.class),
        new OneAsset(base),
        new ServerAddress(
            new ServerSettings(
                converter
                    .convert(Map.of("public_url", "https://crowd.example.com/base"))
                    .to(ServerConfiguration.class))),
        new TestClock());
  }

  private String renewed(AssetLinks links, String url, Instant since) throws IOException {
    JsonNode output = json.readTree("{\"a\": [\"" + url + "\", 1, \"text: /x\"]}");
    var renewed = links.renew(output, since, FileLinks.CONFIGURED);
    assertThat(renewed.at("/a/1").intValue()).isEqualTo(1);
    assertThat(renewed.at("/a/2").textValue()).isEqualTo("text: /x");
    return renewed.at("/a/0").textValue();
  }

  @Test
  void aBrowserGetsLinksOfTheServerWhereverTheFileLies() throws Exception {
    for (String base : List.of("file:///assets/", "https://s3.example.com/bucket/")) {
      JsonNode output = json.getNodeFactory().textNode(base + "x");
      var link = links(base, Map.of("links", "file")).renew(output, now, FileLinks.SERVER);
      assertThat(link.textValue()).startsWith("https://crowd.example.com/base/assets/count/job_1/");
    }
  }

  @Test
  void aLinkThatComesBackAsAnInputIsItsAssetUnlessItHasEndedOrIsForged() throws Exception {
    var links = links("file:///assets/", Map.of());
    var link = renewed(links, "file:///assets/x", now);
    var behindAProxy = link.replace("https://crowd.example.com/base", "http://10.1.2.3:9173");

    assertThat(takenBack(links, link)).startsWith("file:///assets/?signed=");
    assertThat(takenBack(links, behindAProxy)).startsWith("file:///assets/?signed=");
    for (String other :
        List.of(
            link.replace("unit_2", "unit_3"),
            link + "x",
            link.replaceFirst("expires=\\d+", "expires=9999999999"),
            "https://example.com/assets/logo.png",
            "text with :/ in it")) {
      assertThat(takenBack(links, other)).isEqualTo(other);
    }
    now = now.plus(Duration.ofDays(400));
    assertThat(takenBack(links, link)).isEqualTo(link);
  }

  private String takenBack(AssetLinks links, String url) {
    var input = json.createObjectNode().put("url", url).put("pages", 3);
    var taken = links.takeBack(input);
    assertThat(taken.get("pages").intValue()).isEqualTo(3);
    return taken.get("url").textValue();
  }

  private static String part(String link, String name) {
    return link.replaceFirst(".*[?&]" + name + "=([^&]*).*", "$1");
  }

  @Test
  void aLinkOpensItsFileUntilItsEndAndNoOther() throws Exception {
    var links = links("file:///assets/", Map.of());
    var link = renewed(links, "file:///assets/x", now);
    assertThat(link)
        .startsWith(
            "https://crowd.example.com/base/assets/count/job_1/unit_2/attempt_3/a%20b.txt?expires=");
    var expires = part(link, "expires");
    var signature = part(link, "signature");

    assertThat(links.open(KEY.path(), expires, signature)).isPresent();
    assertThatThrownBy(() -> links.open(KEY.path(), expires + "0", signature))
        .isInstanceOf(BadLinkException.class)
        .hasMessageContaining("the signature is not this server's");
    assertThatThrownBy(
            () -> links.open(new AssetKey("count", 1, 2, 4, "a b.txt").path(), expires, signature))
        .isInstanceOf(BadLinkException.class);
    assertThat(links.open("count/../job_1", expires, signature)).isEmpty();
    now = now.plus(Duration.ofHours(24));
    assertThatThrownBy(() -> links.open(KEY.path(), expires, signature))
        .isInstanceOf(BadLinkException.class)
        .hasMessage("the link was valid until 2026-11-26T12:00:00Z; GET /jobs/1 has new ones");
  }

  @Test
  void theKeyIsKeptForTheNextStartAndForNobodyElse() throws Exception {
    var link = renewed(links("file:///assets/", Map.of()), "file:///assets/x", now);

    assertThat(
            links("file:///assets/", Map.of())
                .open(KEY.path(), part(link, "expires"), part(link, "signature")))
        .isPresent();
    assertThat(Files.getPosixFilePermissions(folder.resolve("key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    var other = links("file:///assets/", Map.of("key", "k".repeat(32)));
    assertThatThrownBy(() -> other.open(KEY.path(), part(link, "expires"), part(link, "signature")))
        .isInstanceOf(BadLinkException.class);
  }

  @Test
  void aFileUrlStaysWhereClientsSeeTheDirectory() throws Exception {
    var links = links("file:///assets/", Map.of("links", "file"));
    assertThat(renewed(links, "file:///assets/x", now)).isEqualTo("file:///assets/x");
    assertThat(renewed(links, "file:///elsewhere/x", now)).isEqualTo("file:///elsewhere/x");
  }

  @Test
  void anOldLinkToABucketIsMadeAnewAndAYoungOneStays() throws Exception {
    var links = links("https://bucket/", Map.of());
    assertThat(renewed(links, "https://bucket/x?signed=0", now)).endsWith("signed=0");
    assertThat(renewed(links, "https://bucket/x?signed=0", now.minus(Duration.ofHours(13))))
        .endsWith("signed=1");
    assertThat(signed.get()).isEqualTo(1);
  }
}
