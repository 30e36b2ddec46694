package org.cloudcrowd.server.assets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs links by HMAC-SHA-256 (RFC 2104). Safe for any number of threads. */
final class LinkKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final SecretKeySpec key;

  /** A given key. */
  LinkKey(String secret) {
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /**
   * The key in a file, which is made where it is missing, and which its owner alone may read.
   *
   * @throws IOException if it can be neither read nor made
   */
  static LinkKey in(Path file) throws IOException {
    try {
      return new LinkKey(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    var bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    var part =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(part, Base64.getEncoder().encodeToString(bytes));
      // A link, unlike a move, does not replace what another server has made meanwhile.
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      return new LinkKey(Files.readString(file).strip());
    } finally {
      Files.delete(part);
    }
    return new LinkKey(Files.readString(file).strip());
  }

  /** Signs a path until a time. */
  String sign(String path, long expires) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      var signature = mac.doFinal((path + "\n" + expires).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this key has signed it; takes constant time. */
  boolean hasSigned(String path, long expires, String signature) {
    return MessageDigest.isEqual(
        sign(path, expires).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }
}
