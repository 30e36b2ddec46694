package org.cloudcrowd.server.callbacks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages with a secret that the receiver knows.
 *
 * <p>Source: Standard Webhooks 1.0.0, "Symmetric signatures": HMAC-SHA256 over {@code
 * id.timestamp.payload}, the secret in base64 behind {@code whsec_}, 24 to 64 bytes long.
 */
final class Signature {
  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * Signs with a secret.
   *
   * @throws IllegalArgumentException if it is not a valid secret; the message does not contain it
   */
  Signature(String secret) {
    key = new SecretKeySpec(bytes(secret), ALGORITHM);
  }

  private static byte[] bytes(String secret) {
    byte[] bytes;
    try {
      bytes =
          Base64.getDecoder()
              .decode(secret.substring(secret.startsWith(PREFIX) ? PREFIX.length() : 0));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is not written in base64", e);
    }
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "it has " + bytes.length + " bytes, and must have " + MIN_BYTES + " to " + MAX_BYTES);
    }
    return bytes;
  }

  /** The value of the header {@code webhook-signature}. */
  String of(String id, Instant timestamp, String payload) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      var signed = id + "." + timestamp.getEpochSecond() + "." + payload;
      return "v1,"
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
