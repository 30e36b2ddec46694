package org.cloudcrowd.server.callbacks;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who is told: a URL that may hold credentials, which are sent and never shown. */
public record Receiver(URI url, Optional<String> authorization) {

  /** Of a URL that may hold credentials. */
  public static Receiver of(String text) {
    var url = URI.create(text);
    var credentials = url.getRawUserInfo();
    if (credentials == null) {
      return new Receiver(url, Optional.empty());
    }
    // A plus sign is no space here, as it would be in a form.
    var plain =
        URLDecoder.decode(credentials.replace("+", "%2B"), StandardCharsets.UTF_8)
            .getBytes(StandardCharsets.UTF_8);
    return new Receiver(
        URI.create(text.replace(credentials + "@", "")),
        Optional.of("Basic " + Base64.getEncoder().encodeToString(plain)));
  }
}
