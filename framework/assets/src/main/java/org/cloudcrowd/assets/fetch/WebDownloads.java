package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.URIBuilder;
import org.cloudcrowd.assets.FetchedInput.Reply;
import org.cloudcrowd.outbound.OutboundHttp;

/** Downloads over HTTP. */
final class WebDownloads implements AutoCloseable {
  private final OutboundHttp http;
  private final SizeLimit limit;

  /**
   * Downloads by a client of its own.
   *
   * @param limit how much it takes at most
   */
  WebDownloads(OutboundHttp http, SizeLimit limit) {
    this.http = http;
    this.limit = limit;
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
    return http.send(request(url), context(url), response -> receive(response, target));
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

  private static HttpGet request(URI url) throws IOException {
    try {
      return new HttpGet(new URIBuilder(url).setUserInfo((String) null).setFragment(null).build());
    } catch (URISyntaxException e) {
      throw new IOException("it is no URL that can be fetched", e);
    }
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

  @Override
  public void close() throws IOException {
    http.close();
  }
}
