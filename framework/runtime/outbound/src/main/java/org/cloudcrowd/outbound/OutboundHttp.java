package org.cloudcrowd.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.net.URIBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to where somebody else has said. May be used by any number of threads.
 *
 * <p>Each connection is to an address that was checked when it was looked up, and each redirect
 * makes a connection of its own: a name that means another address a moment later gains nothing.
 * Nothing is tried twice, no connection is used again, and cookies and logins are not kept.
 */
public final class OutboundHttp implements AutoCloseable {
  /** Nobody needs more, and without a limit an answer could fill the memory with them. */
  private static final int MAX_HEADERS = 200;

  private static final int MAX_HEADER_LINE = 16 * 1024;

  private final Limits limits;
  private final CloseableHttpClient http;

  /**
   * How far it goes.
   *
   * @param redirects how many redirects are followed, from 0
   * @param silence how long a connection, or what is next of an answer, may be awaited
   * @param total how long a request may take in all, until its answer is received
   */
  public record Limits(int redirects, Duration silence, Duration total) {}

  /**
   * Connects under a policy, to the addresses that the system knows.
   *
   * @param exposure of the server for which it is, asked for with each connection
   */
  public OutboundHttp(AddressPolicy policy, Supplier<ServerExposure> exposure, Limits limits) {
    this(policy, SystemDefaultDnsResolver.INSTANCE, exposure, limits);
  }

  /**
   * Connects under a policy.
   *
   * @param names looks up the addresses of names
   * @param exposure of the server for which it is, asked for with each connection
   */
  public OutboundHttp(
      AddressPolicy policy, DnsResolver names, Supplier<ServerExposure> exposure, Limits limits) {
    this.limits = limits;
    var silence = Timeout.of(limits.silence());
    http =
        HttpClients.custom()
            .setConnectionManager(connections(new Checked(policy, names, exposure), silence))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setMaxRedirects(limits.redirects())
                    .setRedirectsEnabled(limits.redirects() > 0)
                    .setResponseTimeout(silence)
                    .build())
            .setUserAgent("CloudCrowd")
            // Another try is for who asked to decide; and a connection that is used again could
            // break for reasons of its own.
            .disableAutomaticRetries()
            .setConnectionReuseStrategy((request, response, context) -> false)
            // Who asked gets the bytes that there are.
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  private static HttpClientConnectionManager connections(DnsResolver names, Timeout silence) {
    var limited =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LINE)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(names)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(limited).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(silence).setSocketTimeout(silence).build())
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(silence).build())
        .setMaxConnTotal(Integer.MAX_VALUE)
        .setMaxConnPerRoute(Integer.MAX_VALUE)
        .build();
  }

  /**
   * Asks for what a URL names.
   *
   * @param url may have credentials, which go to its host and not where that one redirects to
   * @param receive takes what it wants of the answer; the rest is not waited for
   * @throws IOException if that may not be or cannot; the message is why, and names no URL
   */
  public <T> T get(URI url, HttpClientResponseHandler<T> receive) throws IOException {
    return send(url, HttpGet::new, receive);
  }

  /**
   * Sends a text, as {@link #get} asks for one.
   *
   * @return the status of the answer, whose body is not read: it may have no end
   */
  public int post(URI url, Map<String, String> headers, String body) throws IOException {
    return send(
        url,
        to -> {
          var request = new HttpPost(to);
          headers.forEach(request::setHeader);
          request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
          return request;
        },
        HttpResponse::getCode);
  }

  private <T> T send(
      URI url, Function<URI, HttpUriRequestBase> request, HttpClientResponseHandler<T> receive)
      throws IOException {
    if (url.getRawAuthority() == null) {
      throw new IOException("there is no host in it");
    }
    try {
      var plain = new URIBuilder(url).setUserInfo((String) null).setFragment(null).build();
      return send(
          request.apply(plain),
          context(url.getScheme(), URIAuthority.create(url.getRawAuthority())),
          receive);
    } catch (URISyntaxException
        | HttpException
        | IllegalArgumentException
        | IllegalStateException e) {
      throw new IOException("it is no URL that can be connected to", e);
    }
  }

  /** Credentials go to the host that they were given for, and not where that one redirects to. */
  private static HttpContext context(String scheme, URIAuthority authority) {
    var context = HttpClientContext.create();
    if (authority.getUserInfo() != null) {
      var parts = authority.getUserInfo().split(":", 2);
      var basic = new BasicScheme();
      basic.initPreemptive(
          new UsernamePasswordCredentials(
              decode(parts[0]), decode(parts.length == 1 ? "" : parts[1]).toCharArray()));
      context.resetAuthExchange(
          RoutingSupport.normalize(
              new HttpHost(scheme, authority), DefaultSchemePortResolver.INSTANCE),
          basic);
    }
    return context;
  }

  private static String decode(String text) {
    return PercentCodec.decode(text, StandardCharsets.UTF_8);
  }

  private <T> T send(
      HttpUriRequestBase request, HttpContext context, HttpClientResponseHandler<T> receive)
      throws IOException, HttpException {
    var late = new AtomicBoolean();
    var alarm =
        CompletableFuture.runAsync(
            () -> {
              late.set(true);
              request.cancel();
            },
            CompletableFuture.delayedExecutor(limits.total().toNanos(), TimeUnit.NANOSECONDS));
    try {
      return receive.handleResponse(
          http.executeOpen(RoutingSupport.determineHost(request), request, context));
    } catch (IOException e) {
      throw new IOException(
          late.get() ? "it took longer than " + limits.total().toSeconds() + " s in all" : why(e),
          e);
    } finally {
      alarm.cancel(false);
      // It ends the connection; to close the answer would read the rest, which may have no end.
      request.cancel();
    }
  }

  private String why(IOException e) {
    if (e instanceof RefusedAddressException) {
      return e.getMessage();
    }
    if (e instanceof UnknownHostException) {
      return "no such host: " + e.getMessage();
    }
    if (e instanceof ConnectTimeoutException || e instanceof SocketTimeoutException) {
      return "it was silent for " + limits.silence().toSeconds() + " s";
    }
    if (e instanceof ConnectException) {
      return "no connection to it";
    }
    if (e instanceof ConnectionClosedException || e instanceof NoHttpResponseException) {
      return "it closed the connection before all of the answer was sent";
    }
    if (e instanceof SSLException) {
      return "no secure connection to it: " + e.getMessage();
    }
    if (e instanceof ClientProtocolException && e.getCause() != null) {
      return e.getCause().getMessage();
    }
    return e.getMessage() == null ? "the connection to it broke" : e.getMessage();
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  /** Looks names up, and gives none of whose addresses one may not be connected to. */
  private static final class Checked implements DnsResolver {
    private final AddressPolicy policy;
    private final DnsResolver names;
    private final Supplier<ServerExposure> exposure;

    private Checked(AddressPolicy policy, DnsResolver names, Supplier<ServerExposure> exposure) {
      this.policy = policy;
      this.names = names;
      this.exposure = exposure;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      var addresses = names.resolve(host);
      for (InetAddress address : addresses) {
        var refusal = policy.refusal(address, exposure.get());
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
