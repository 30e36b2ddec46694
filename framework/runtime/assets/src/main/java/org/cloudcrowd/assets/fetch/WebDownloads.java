package org.cloudcrowd.assets.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.cloudcrowd.assets.FetchedInput.Reply;
import org.cloudcrowd.outbound.OutboundHttp;

/** Downloads over HTTP. */
final class WebDownloads implements AutoCloseable {
  private final OutboundHttp http;
  private final SizeLimit limit;

  /**
   * Uses an HTTP client of its own.
   *
   * @param limit the largest download
   */
  WebDownloads(OutboundHttp http, SizeLimit limit) {
    this.http = http;
    this.limit = limit;
  }

  /**
   * Downloads the file of a URL.
   *
   * @return the server's answer
   * @throws IOException if that is not allowed or fails; the message is only the reason
   */
  Reply download(URI url, Path target) throws IOException {
    return http.get(url, response -> receive(response, target));
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

  @Override
  public void close() throws IOException {
    http.close();
  }
}
