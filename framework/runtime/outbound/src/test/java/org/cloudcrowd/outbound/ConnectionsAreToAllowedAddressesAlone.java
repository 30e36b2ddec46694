package org.cloudcrowd.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsAreToAllowedAddressesAlone {
  private static final OutboundHttp.Limits LIMITS =
      new OutboundHttp.Limits(1, Duration.ofSeconds(10), Duration.ofSeconds(10));

  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger lookups = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          hits.incrementAndGet();
          var text = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theCheckedAddressIsTheOneThatIsConnectedTo() throws IOException {
    var names = names(Map.of("changing.test", List.of("127.0.0.1")));

    // The system does not know this name: there was no other look.
    assertThat(get("changing.test", names, new AddressPolicy("pid", "local"))).isEqualTo("hello");

    assertThat(lookups.get()).isEqualTo(1);
  }

  @Test
  void aNameIsRefusedWhereAnyOfItsAddressesIs() {
    var names = names(Map.of("mixed.test", List.of("93.184.215.14", "127.0.0.1")));

    assertThatThrownBy(() -> get("mixed.test", names, new AddressPolicy("pid", "public")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "127.0.0.1 is a loopback address, and addresses in etc/pid.cfg allows 'public'");
    assertThat(hits.get()).isZero();
  }

  @Test
  void fromHowFarTheServerIsReachedIsAskedWithEachConnection() throws IOException {
    var exposure = new AtomicReference<>(ServerExposure.THIS_MACHINE);
    var names = names(Map.of("here.test", List.of("127.0.0.1")));
    try (var http =
        new OutboundHttp(new AddressPolicy("pid", "public, local"), names, exposure::get, LIMITS)) {
      assertThatThrownBy(() -> get(http, "here.test"))
          .hasMessageContaining("'local' only where the server listens at loopback alone");
      assertThat(hits.get()).isZero();

      exposure.set(ServerExposure.LOOPBACK);

      assertThat(get(http, "here.test")).isEqualTo("hello");
    }
  }

  @Test
  void theRestOfAnAnswerIsNotWaitedFor() throws Exception {
    var closed = new CountDownLatch(1);
    server.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          var block = new byte[1 << 16];
          try {
            while (true) {
              exchange.getResponseBody().write(block);
            }
          } catch (IOException e) {
            closed.countDown();
          }
        });
    try (var http =
        new OutboundHttp(
            new AddressPolicy("pid", "local"), () -> ServerExposure.LOOPBACK, LIMITS)) {
      var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/endless");

      assertThat(http.post(url, Map.of("Content-Type", "text/plain"), "hello")).isEqualTo(200);

      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"clerk:pa%2Fss, clerk:pa/ss", "us%C3%A9r:a+b, us\u00e9r:a+b", "clerk, clerk:"})
  void theCredentialsOfAUrlAreSent(String userInfo, String credentials) throws IOException {
    var given = new AtomicReference<String>();
    server.createContext(
        "/guarded",
        exchange -> {
          given.set(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(204, -1);
        });
    try (var http =
        new OutboundHttp(
            new AddressPolicy("pid", "local"), () -> ServerExposure.LOOPBACK, LIMITS)) {
      var host = "127.0.0.1:" + server.getAddress().getPort();

      assertThat(
              http.post(URI.create("http://" + userInfo + "@" + host + "/guarded"), Map.of(), ""))
          .isEqualTo(204);
    }
    assertThat(given.get())
        .isEqualTo(
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:99999/, it is no URL that can be connected to",
    "http://user:word@127.0.0.1:99999/, it is no URL that can be connected to",
    "http://my_host.invalid/, no such host: my_host.invalid",
    "http:/a, there is no host in it",
  })
  void whatIsNoAddressIsRefusedWithAReason(URI url, String reason) throws IOException {
    try (var http =
        new OutboundHttp(
            new AddressPolicy("pid", "local"), () -> ServerExposure.LOOPBACK, LIMITS)) {
      assertThatThrownBy(() -> http.post(url, Map.of(), "hello"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(reason);
      assertThatThrownBy(() -> http.get(url, response -> null))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "93.184.215.14, PUBLIC",
    "2606:2800:21f:cb07::1, PUBLIC",
    "127.8.8.8, LOOPBACK",
    "::1, LOOPBACK",
    "10.0.0.1, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.0, PUBLIC",
    "fd12::1, PRIVATE",
    "::ffff:10.0.0.1, PRIVATE",
    "169.254.169.254, SPECIAL",
    "224.0.0.1, SPECIAL",
    "fe80::1, SPECIAL",
  })
  void anAddressIsOfAKind(String address, AddressKind kind) throws IOException {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
  }

  @Test
  void aRuleThatIsNoneAllowsNothingAndIsNamed() throws IOException {
    var policy = new AddressPolicy("pid", "10.0.0.0/33,host", " ");

    assertThat(policy.refusal(InetAddress.getByName("10.0.0.1"), ServerExposure.LOOPBACK))
        .contains("'10.0.0.0/33' is no network", "'host' is no network");
    assertThat(
            new AddressPolicy("pid")
                .refusal(InetAddress.getByName("10.0.0.1"), ServerExposure.LOOPBACK))
        .endsWith("allows none");
  }

  private String get(String host, DnsResolver names, AddressPolicy policy) throws IOException {
    try (var http = new OutboundHttp(policy, names, () -> ServerExposure.LOOPBACK, LIMITS)) {
      return get(http, host);
    }
  }

  private String get(OutboundHttp http, String host) throws IOException {
    return http.get(
        URI.create("http://" + host + ":" + server.getAddress().getPort() + "/"),
        response -> EntityUtils.toString(response.getEntity()));
  }

  private DnsResolver names(Map<String, List<String>> known) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        var found = new ArrayList<InetAddress>();
        for (String address : known.get(host)) {
          found.add(InetAddress.getByName(address));
        }
        return found.toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
