package org.cloudcrowd.terminal.ssh;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authenticates SSH clients. */
final class Guests {
  private static final Logger log = LoggerFactory.getLogger(Guests.class);
  private static final int MIN_TOKEN = 16;

  private Guests() {}

  /**
   * Accepts clients by their keys.
   *
   * @param own the key of {@code crowd shell}
   * @param file the file of other keys, which may be missing and may change; or empty for none
   */
  static PublickeyAuthenticator withKeys(PublicKey own, String file) {
    PublickeyAuthenticator others =
        file.isEmpty()
            ? (user, key, session) -> false
            : new AuthorizedKeysAuthenticator(Path.of(file).toAbsolutePath());
    return (user, key, session) ->
        KeyUtils.compareKeys(own, key) || others.authenticate(user, key, session);
  }

  /** Accepts clients by the token; null where none is configured. */
  static PasswordAuthenticator withToken(String token) {
    if (token.isEmpty()) {
      return null;
    }
    if (token.length() < MIN_TOKEN) {
      log.error(
          "The token in {}.cfg lets nobody in: it has fewer than {} characters",
          SshConfiguration.PID,
          MIN_TOKEN);
      return null;
    }
    var expected = token.getBytes(StandardCharsets.UTF_8);
    return (user, password, session) ->
        MessageDigest.isEqual(expected, password.getBytes(StandardCharsets.UTF_8));
  }
}
