package org.cloudcrowd.server.callbacks;

import java.net.URI;

/**
 * Who is told.
 *
 * @param address its URL, with the credentials that are sent and never shown
 */
public record Receiver(URI address) {

  /** Of a URL that may hold credentials. */
  public static Receiver of(String text) {
    return new Receiver(URI.create(text));
  }

  /** Its URL, without credentials. */
  public URI url() {
    var credentials = address.getRawUserInfo();
    return credentials == null
        ? address
        : URI.create(address.toString().replace(credentials + "@", ""));
  }
}
