package org.cloudcrowd.assets.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.assets.FetchPlace;
import org.cloudcrowd.assets.FetchedInput.Reply;
import org.cloudcrowd.assets.InputSource;
import org.cloudcrowd.assets.filesystem.FilesystemAssetStore;
import org.cloudcrowd.assets.storage.StorageConfiguration;
import org.cloudcrowd.assets.storage.StorageSettings;
import org.cloudcrowd.outbound.ServerExposure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.condition.Condition;
import org.osgi.util.converter.Converters;

class InputsAreFetchedUnderOnePolicy {
  @TempDir Path folder;
  private final AtomicInteger hits = new AtomicInteger();
  private final List<PolicedFetcher> fetchers = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private Path allowed;
  private Path target;
  private HttpServer server;
  private String base;

  @BeforeEach
  void serve() throws IOException {
    allowed = Files.createDirectory(folder.resolve("allowed"));
    target = Files.createDirectory(folder.resolve("work"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    answer("/a.txt", 200, "hello");
    answer("/missing.txt", 404, "an error page");
    answer("/large", 200, "x".repeat(1024 * 1024 + 1));
    serve("/large-chunks", exchange -> write(exchange, 0, "x".repeat(1024 * 1024 + 1)));
    serve(
        "/silent",
        exchange -> {
          await(Duration.ofMinutes(1));
          write(exchange, 1, "x");
        });
    serve(
        "/drip",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          while (!await(Duration.ofMillis(50))) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
          }
        });
    serve(
        "/headers",
        exchange -> {
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseHeaders().add("X-" + i, "x");
          }
          write(exchange, 1, "x");
        });
    serve(
        "/redirect",
        exchange -> redirect(exchange, exchange.getRequestURI().getQuery().substring(3)));
    serve(
        "/loop",
        exchange -> redirect(exchange, "/loop?" + exchange.getRequestURI().getQuery() + "x"));
    serve(
        "/authorization",
        exchange -> {
          var given = exchange.getRequestHeaders().getFirst("Authorization");
          var text = given == null ? "none" : given;
          write(exchange, text.length(), text);
        });
    serve(
        "/broken-off",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          throw new IOException("broken off");
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() throws IOException {
    end.countDown();
    server.stop(0);
    for (PolicedFetcher fetcher : fetchers) {
      fetcher.close();
    }
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          hits.incrementAndGet();
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private void answer(String path, int status, String body) {
    serve(
        path,
        exchange -> {
          var bytes = body.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/x-greeting");
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  private static void write(HttpExchange exchange, long length, String body) throws IOException {
    exchange.sendResponseHeaders(200, length);
    exchange.getResponseBody().write(body.getBytes(UTF_8));
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private boolean await(Duration time) {
    try {
      return end.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private PolicedFetcher fetcher(Map<String, Object> more) {
    var values = new HashMap<String, Object>(Map.of("file_roots", allowed.toString()));
    values.putAll(more);
    var converter = Converters.standardConverter();
    var store =
        new FilesystemAssetStore(
            new StorageSettings(
                converter
                    .convert(Map.of("directory", folder.resolve("assets").toString()))
                    .to(StorageConfiguration.class)),
            Condition.INSTANCE);
    var fetcher = new PolicedFetcher(converter.convert(values).to(FetchConfiguration.class), store);
    fetchers.add(fetcher);
    return fetcher;
  }

  private Path fetch(Map<String, Object> configuration, String url) throws IOException {
    return fetcher(configuration).fetch(new InputSource(url), local()).file();
  }

  private FetchPlace local() {
    return new FetchPlace(target, null, ServerExposure.LOOPBACK);
  }

  private void refused(String url, String reason) {
    refused(Map.of(), new InputSource(url), local(), reason);
  }

  private void refused(
      Map<String, Object> configuration, InputSource source, FetchPlace place, String reason) {
    assertThatThrownBy(() -> fetcher(configuration).fetch(source, place))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
    assertThat(target).isEmptyDirectory();
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
    "http://example.com/%E5%A0%B1%E5%91%8A.pdf, 報告.pdf",
    "http://example.com/caf%C3%A9.pdf, café.pdf",
    // An e and an accent are one letter.
    "http://example.com/cafe%CC%81.pdf, café.pdf",
    "http://example.com/a%FFb.pdf, a-b.pdf",
  })
  void aDownloadIsNamedForItsUrl(String url, String name) {
    assertThat(DownloadName.of(URI.create(url.replace("'", "%27")))).isEqualTo(name);
  }

  @Test
  void aLongNameIsCutBetweenLetters() {
    var name =
        DownloadName.of(URI.create("http://example.com/" + "%E5%A0%B1".repeat(300) + ".pdf"));
    assertThat(name).matches("報+[.]pdf");
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(190, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a/b", "file:///a", "s3://bucket/key"})
  void whatHasASchemeIsAUrl(String input) {
    assertThat(InputSource.of(input)).contains(new InputSource(input));
    assertThat(InputSource.of(Map.of("url", input))).contains(new InputSource(input));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain text", "C:/windows", "note: this", "/a/b", "10:30"})
  void whatHasNoneIsNot(String input) {
    assertThat(InputSource.of(input)).isEmpty();
    assertThat(InputSource.of(Map.of("url", input))).isEmpty();
    assertThat(InputSource.of(Map.of("url", "http://a/b", "page", 1))).isEmpty();
    assertThat(InputSource.of(List.of("http://a/b"))).isEmpty();
  }

  @Test
  void aFileBelowARootIsCopied() throws IOException {
    var file = Files.writeString(allowed.resolve("a b.txt"), "text");

    assertThat(fetch(Map.of(), file.toUri().toString()))
        .isEqualTo(target.resolve("a-b.txt"))
        .hasContent("text");
  }

  @Test
  void aFileElsewhereIsRefusedHoweverItIsNamed() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "text");
    Files.createSymbolicLink(allowed.resolve("link"), secret);

    refused(secret.toUri().toString(), "not below the file_roots");
    refused(allowed.toUri() + "../secret", "not below the file_roots");
    refused(allowed.toUri() + "%2E%2E/secret", "not below the file_roots");
    refused(allowed.toUri() + "link", "not below the file_roots");
    refused("file://elsewhere/a", "a file URL names a file of this machine");
  }

  @Test
  void filesOfANodeAreNotReadForAServerOnAnotherMachine() throws IOException {
    var file = Files.writeString(allowed.resolve("a.txt"), "text").toUri().toString();

    refused(
        Map.of(),
        new InputSource(file),
        new FetchPlace(target, null, ServerExposure.ELSEWHERE),
        "the server is on another machine");
    assertThat(
            fetcher(Map.of())
                .fetch(
                    new InputSource(file),
                    new FetchPlace(target, null, ServerExposure.THIS_MACHINE))
                .file())
        .hasContent("text");
  }

  @Test
  void anAssetIsReadWhereverItsStoreIs() throws IOException {
    var saved = Files.createDirectories(folder.resolve("assets/count/job_1/unit_2/attempt_3"));
    var asset = Files.writeString(saved.resolve("a b"), "text").toUri().toString();

    assertThat(
            fetcher(Map.of("schemes", "https"))
                .fetch(
                    new InputSource(asset), new FetchPlace(target, null, ServerExposure.ELSEWHERE))
                .file())
        .hasContent("text");
    Files.delete(target.resolve("a-b"));
    refused(asset + "x", "the asset is not there");
    refused(saved.toUri() + "../../../../../secret", "there is no such file");
  }

  @Test
  void whatCannotBeReadSaysWhy() {
    refused(allowed.toUri() + "missing", "there is no such file");
    refused(allowed.toUri().toString(), "no regular file");
    refused(base + "/missing.txt", "HTTP 404");
    refused("http://127.0.0.1:1/a", "no connection");
    refused("ftp://127.0.0.1/a", "only URLs of http, https, file are fetched");
    refused("http://127.0.0.1:1/a b", "no URL: Illegal character in path at character 21");
    refused("http:/a", "there is no host in it");
    refused("http://127.0.0.1:99999/a", "it is no URL that can be connected to");
    refused("http://name.invalid/a", "no such host: name.invalid");
  }

  @Test
  void aUrlIsDownloaded() throws IOException {
    assertThat(fetch(Map.of(), base + "/a.txt?q=1"))
        .isEqualTo(target.resolve("a.txt"))
        .hasContent("hello");
  }

  @Test
  void whatIsTooLargeIsRefusedWhetherItSaysSoOrNot() {
    var limits = Map.<String, Object>of("max_megabytes", 1);
    for (String path : List.of("/large", "/large-chunks")) {
      assertThatThrownBy(() -> fetch(limits, base + path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("larger than 1 MiB");
    }
  }

  @Test
  void whatBreaksOffIsRefused() {
    assertThatThrownBy(() -> fetch(Map.of(), base + "/broken-off"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed the connection before all of the answer was sent");
  }

  @Test
  void whatIsSilentOrSlowIsGivenUp() {
    assertThatThrownBy(() -> fetch(Map.of("timeout_seconds", 1), base + "/silent"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("silent for 1 s");
    assertThatThrownBy(() -> fetch(Map.of("total_timeout_seconds", 1), base + "/drip"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 1 s in all");
  }

  @Test
  void headersWithoutEndAreGivenUp() {
    assertThatThrownBy(() -> fetch(Map.of(), base + "/headers"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("header");
  }

  @Test
  void redirectsAreFollowedSoFarAndToWhatMayBeFetchedAlone() throws IOException {
    assertThat(fetch(Map.of(), base + "/redirect?to=/a.txt")).hasContent("hello");
    Files.delete(target.resolve("redirect"));
    refused(base + "/loop", "redirect");
    refused(base + "/redirect?to=http://10.0.0.1/a", "10.0.0.1 is a private address");
    refused(base + "/redirect?to=file:///etc/passwd", "file");
    refused(
        Map.of("max_redirects", 0),
        new InputSource(base + "/redirect?to=/a.txt"),
        local(),
        "the answer was HTTP 302");
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.1.2.3/a, 10.1.2.3 is a private address",
    "http://172.16.0.1/a, a private address",
    "http://192.168.0.1/a, a private address",
    "http://100.64.0.1/a, a private address",
    "http://169.254.169.254/latest/meta-data/, 169.254.169.254 is a special address",
    "http://0.0.0.0/a, a special address",
    "http://255.255.255.255/a, a special address",
    "http://[::]/a, a special address",
    "http://[fe80::1]/a, a special address",
    "http://[fd00::1]/a, a private address",
    "http://[::ffff:a00:1]/a, 10.0.0.1 is a private address",
    "http://[64:ff9b::a00:1]/a, a special address",
    "http://[2002:a00:1::]/a, a special address",
    "http://2852039166/a, 169.254.169.254 is a special address",
  })
  void addressesThatNoRuleAllowsAreRefused(String url, String reason) {
    refused(url, reason);
    refused(url, "addresses in etc/org.cloudcrowd.inputs.cfg allows 'public, local'");
  }

  @Test
  void loopbackIsForClientsOfAServerThatListensThereAlone() {
    for (String url : List.of(base, base.replace("127.0.0.1", "localhost"), "http://[::1]:1")) {
      refused(
          Map.of(),
          new InputSource(url + "/a.txt"),
          new FetchPlace(target, null, ServerExposure.THIS_MACHINE),
          "'local' only where the server listens at loopback alone");
    }
    assertThat(hits.get()).isZero();
  }

  @Test
  void networksAreAllowedByName() throws IOException {
    assertThat(fetch(Map.of("addresses", "127.0.0.0/8"), base + "/a.txt")).hasContent("hello");
    assertThatThrownBy(() -> fetch(Map.of("addresses", "10.0.0.0/33,host"), base + "/a.txt"))
        .hasMessageContaining("'10.0.0.0/33' is no network")
        .hasMessageContaining("'host' is no network");
  }

  @Test
  void aChecksumIsHeldAgainstWhatCame() throws IOException {
    var right = "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824";
    var input = InputSource.of(Map.of("url", base + "/a.txt", "sha256", right)).orElseThrow();

    assertThat(fetcher(Map.of()).fetch(input, local()).file()).hasContent("hello");
    Files.delete(target.resolve("a.txt"));
    refused(
        Map.of(),
        new InputSource(base + "/a.txt", right.replace('2', '3')),
        local(),
        "its SHA-256 is 2cf24dba");
    assertThatThrownBy(() -> InputSource.of(Map.of("url", "http://a/b", "sha256", 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 hexadecimal digits");
  }

  @Test
  void unitsOfAJobShareADownloadOfTheSameUrl() throws Exception {
    var shared = folder.resolve("inputs/job_1");
    var fetcher = fetcher(Map.of());
    var pool = Executors.newFixedThreadPool(4);
    try {
      var places = new ArrayList<Path>();
      for (int i = 0; i < 8; i++) {
        places.add(Files.createDirectory(folder.resolve("unit" + i)));
      }
      var copies =
          places.stream()
              .map(
                  place ->
                      pool.submit(
                          () ->
                              fetcher.fetch(
                                  new InputSource(base + "/a.txt"),
                                  new FetchPlace(place, shared, ServerExposure.LOOPBACK))))
              .toList();
      for (var copy : copies) {
        assertThat(copy.get().file()).hasContent("hello");
        assertThat(copy.get().reply()).isEqualTo(new Reply(200, "text/x-greeting"));
        // Each its own: what one does to it is not the others' business.
        Files.writeString(copy.get().file(), "changed");
      }
    } finally {
      pool.shutdown();
    }
    assertThat(hits.get()).isEqualTo(1);
    var wrong = new InputSource(base + "/a.txt", "0".repeat(64));
    refused(
        Map.of(), wrong, new FetchPlace(target, shared, ServerExposure.LOOPBACK), "its SHA-256 is");
    fetcher.fetch(
        new InputSource(base + "/a.txt"), new FetchPlace(target, shared, ServerExposure.LOOPBACK));
    assertThat(hits.get()).isEqualTo(2);
  }

  @Test
  void credentialsAreGivenToTheirHostAloneAndNotShown() throws IOException {
    var withCredentials = base.replace("http://", "http://joe:sec%20ret@");

    assertThat(fetch(Map.of(), withCredentials + "/authorization"))
        .hasContent("Basic " + Base64.getEncoder().encodeToString("joe:sec ret".getBytes(UTF_8)));
    assertThat(
            fetch(
                Map.of(),
                withCredentials
                    + "/redirect?to="
                    + base.replace("127.0.0.1", "localhost")
                    + "/authorization"))
        .hasContent("none");
    assertThatThrownBy(() -> fetch(Map.of(), "http://joe:secret@127.0.0.1:1/a?token=hidden&b=%20"))
        .hasMessageContaining("http://127.0.0.1:1/a?…")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("hidden");
  }
}
