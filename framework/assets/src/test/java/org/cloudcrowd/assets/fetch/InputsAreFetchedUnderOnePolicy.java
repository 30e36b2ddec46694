package org.cloudcrowd.assets.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.util.converter.Converters;

class InputsAreFetchedUnderOnePolicy {
  @TempDir Path folder;
  private Path allowed;
  private Path target;
  private HttpServer server;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    allowed = Files.createDirectory(folder.resolve("allowed"));
    target = Files.createDirectory(folder.resolve("work"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/a.txt", 200, "hello");
    answer("/missing.txt", 404, "an error page");
    answer("/large", 200, "x".repeat(1024 * 1024 + 1));
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private PolicedFetcher fetcher(Map<String, Object> more) {
    var values = new HashMap<String, Object>(Map.of("file_roots", allowed.toString()));
    values.putAll(more);
    return new PolicedFetcher(
        Converters.standardConverter().convert(values).to(PolicedFetcher.Configuration.class));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/Some%20(Crazy'Kinda%7E)'Filename.txt, Some-Crazy-Kinda-Filename.txt",
    "http://example.com/file.pdf?one=two&three=four, file.pdf",
    "http://example.com/a.tar.gz, a-tar.gz",
    "http://example.com/, input",
    "http://example.com, input",
    "http://example.com/..%2F..%2Fetc%2Fpasswd, passwd",
    "http://example.com/.., input",
    "http://example.com/plain, plain",
  })
  void aDownloadIsNamedForItsUrl(String url, String name) {
    assertThat(DownloadName.of(URI.create(url.replace("'", "%27")))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a/b", "file:///a", "s3://bucket/key"})
  void whatHasASchemeIsAUrl(String input) {
    assertThat(fetcher(Map.of()).isUrl(input)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "C:/windows", "note: this", "/a/b", "10:30"})
  void whatHasNoneIsNot(String input) {
    assertThat(fetcher(Map.of()).isUrl(input)).isFalse();
  }

  @Test
  void aFileBelowARootIsCopied() throws IOException {
    var file = Files.writeString(allowed.resolve("a b.txt"), "text");

    var fetched = fetcher(Map.of()).fetch(file.toUri().toString(), target);

    assertThat(fetched).isEqualTo(target.resolve("a-b.txt")).hasContent("text");
  }

  @Test
  void aFileElsewhereIsRefusedHoweverItIsNamed() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "text");
    Files.createSymbolicLink(allowed.resolve("link"), secret);

    refused(secret.toUri().toString(), "not below the file_roots");
    refused(allowed.toUri() + "../secret", "not below the file_roots");
    refused(allowed.toUri() + "link", "not below the file_roots");
    refused("file://elsewhere/a", "a file URL names a file of this machine");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void whatCannotBeReadSaysWhy() throws IOException {
    refused(allowed.toUri() + "missing", "there is no such file");
    refused(allowed.toUri().toString(), "no regular file");
    refused(base + "/missing.txt", "HTTP 404");
    refused("http://127.0.0.1:1/a", "no connection");
    refused("ftp://127.0.0.1/a", "only http, https and file");
    refused("http://127.0.0.1:1/a b", "Illegal character");
  }

  @Test
  void aUrlIsDownloaded() throws IOException {
    assertThat(fetcher(Map.of()).fetch(base + "/a.txt?q=1", target))
        .isEqualTo(target.resolve("a.txt"))
        .hasContent("hello");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> fetcher(Map.of("max_megabytes", 1)).fetch(base + "/large", target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void credentialsAreNotShown() {
    assertThatThrownBy(() -> fetcher(Map.of()).fetch("http://joe:secret@127.0.0.1:1/a", target))
        .hasMessageContaining("http://127.0.0.1:1/a")
        .hasMessageNotContaining("secret");
  }

  private void refused(String url, String reason) {
    assertThatThrownBy(() -> fetcher(Map.of()).fetch(url, target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }
}
