package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.util.Timeout;
import org.cloudcrowd.assets.FetchedInput.Reply;
import org.cloudcrowd.assets.ServerReach;

/**
 * Downloads over HTTP.
 *
 * <p>Each connection is to an address that was checked when it was looked up, and each redirect
 * makes a connection of its own: a name that means another address a moment later gains nothing.
 */
final class WebDownloads implements AutoCloseable {
  /** Nobody needs more, and without a limit a server could fill the memory with them. */
  private static final int MAX_HEADERS = 200;

  private static final int MAX_HEADER_LINE = 16 * 1024;

  private final Duration total;
  private final Duration silence;
  private final SizeLimit limit;
  private final CloseableHttpClient http;

  /**
   * Downloads for clients of a server that can be reached from so far.
   *
   * @param names looks up the addresses of names
   * @param redirects how many redirects are followed
   * @param silence how long a server may be silent
   * @param total how long a download may take
   */
  WebDownloads(
      AddressRules rules,
      DnsResolver names,
      ServerReach reach,
      SizeLimit limit,
      int redirects,
      Duration silence,
      Duration total) {
    this.total = total;
    this.silence = silence;
    this.limit = limit;
    var timeout = Timeout.of(silence);
    var connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new Checked(rules, names, reach))
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(MAX_HEADERS)
                            .setMaxLineLength(MAX_HEADER_LINE)
                            .build())
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout)
                    .setSocketTimeout(timeout)
                    .build())
            .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout).build())
            .setMaxConnTotal(Integer.MAX_VALUE)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .build();
    http =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setMaxRedirects(redirects)
                    .setRedirectsEnabled(redirects > 0)
                    .setResponseTimeout(timeout)
                    .build())
            .setUserAgent("CloudCrowd")
            // Another attempt is the server's to give; and a connection that is used again could
            // break for reasons of its own.
            .disableAutomaticRetries()
            .setConnectionReuseStrategy((request, response, context) -> false)
            // An action gets the bytes that the server has.
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /**
   * Downloads what a URL names.
   *
   * @return what the server said of it
   * @throws IOException if that may not be or cannot; the message is only why
   */
  Reply download(URI url, Path target) throws IOException {
    if (url.getHost() == null) {
      throw new IOException("there is no host in it");
    }
    var late = new AtomicBoolean();
    try {
      var request = new HttpGet(withoutUserInfo(url));
      var alarm =
          CompletableFuture.runAsync(
              () -> {
                late.set(true);
                request.cancel();
              },
              CompletableFuture.delayedExecutor(total.toNanos(), TimeUnit.NANOSECONDS));
      try {
        return http.execute(request, context(url), response -> receive(response, target));
      } finally {
        alarm.cancel(false);
      }
    } catch (IOException e) {
      throw new IOException(
          late.get() ? "it took longer than " + total.toSeconds() + " s in all" : reason(e), e);
    } catch (URISyntaxException | IllegalArgumentException | IllegalStateException e) {
      throw new IOException("it is no URL that can be fetched", e);
    }
  }

  private Reply receive(ClassicHttpResponse response, Path target) throws IOException {
    if (response.getCode() / 100 != 2) {
      throw new IOException("the answer was HTTP " + response.getCode());
    }
    var body = response.getEntity();
    if (body == null) {
      Files.write(target, new byte[0]);
      return new Reply(response.getCode(), null);
    }
    limit.check(body.getContentLength());
    try (var in = body.getContent()) {
      limit.copy(in, target);
    }
    return new Reply(response.getCode(), body.getContentType());
  }

  private static URI withoutUserInfo(URI url) throws URISyntaxException {
    return new URIBuilder(url).setUserInfo((String) null).setFragment(null).build();
  }

  /** Credentials go to the host that they were given for, and not where that one redirects to. */
  private static HttpContext context(URI url) {
    var context = HttpClientContext.create();
    if (url.getRawUserInfo() != null) {
      var parts = url.getRawUserInfo().split(":", 2);
      var basic = new BasicScheme();
      basic.initPreemptive(
          new UsernamePasswordCredentials(
              decode(parts[0]), decode(parts.length == 1 ? "" : parts[1]).toCharArray()));
      context.resetAuthExchange(
          RoutingSupport.normalize(
              new HttpHost(url.getScheme(), url.getHost(), url.getPort()),
              DefaultSchemePortResolver.INSTANCE),
          basic);
    }
    return context;
  }

  private static String decode(String text) {
    return PercentCodec.decode(text, StandardCharsets.UTF_8);
  }

  private String reason(IOException e) {
    if (e instanceof RefusedAddressException) {
      return e.getMessage();
    }
    if (e instanceof UnknownHostException) {
      return "no such host: " + e.getMessage();
    }
    if (e instanceof ConnectTimeoutException || e instanceof SocketTimeoutException) {
      return "the server was silent for " + silence.toSeconds() + " s";
    }
    if (e instanceof ConnectException) {
      return "no connection to the server";
    }
    if (e instanceof ConnectionClosedException || e instanceof NoHttpResponseException) {
      return "the server closed the connection before all of it was sent";
    }
    if (e instanceof SSLException) {
      return "no secure connection to the server: " + e.getMessage();
    }
    if (e instanceof ClientProtocolException && e.getCause() != null) {
      return e.getCause().getMessage();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  /** Looks names up, and gives none of whose addresses one may not be connected to. */
  private static final class Checked implements DnsResolver {
    private final AddressRules rules;
    private final DnsResolver names;
    private final ServerReach reach;

    private Checked(AddressRules rules, DnsResolver names, ServerReach reach) {
      this.rules = rules;
      this.names = names;
      this.reach = reach;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      var addresses = names.resolve(host);
      for (InetAddress address : addresses) {
        var refusal = rules.refusal(address, reach);
        if (refusal != null) {
          throw new RefusedAddressException(refusal);
        }
      }
      return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return names.resolveCanonicalHostname(host);
    }
  }

  /** An address that may not be connected to. */
  private static final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    private RefusedAddressException(String message) {
      super(message);
    }
  }
}
