package org.cloudcrowd.terminal.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/**
 * The directory that {@code crowd shell} reads: the client's key, the host's key and the address.
 * Whoever can read it can use the shell.
 */
final class ShellDirectory {
  private static final int KEY_BITS = 256;
  private static final String OWNER_ALONE = "rwx------";

  private final Path directory;

  ShellDirectory(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory.toAbsolutePath());
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(OWNER_ALONE));
  }

  KeyPairProvider hostKey() {
    return key("host_key");
  }

  PublicKey clientKey() {
    return key("client_key").loadKeys(null).get(0).getPublic();
  }

  /** Creates it where it is missing. */
  private SimpleGeneratorHostKeyProvider key(String name) {
    var key = new SimpleGeneratorHostKeyProvider(directory.resolve(name));
    key.setAlgorithm(KeyUtils.EC_ALGORITHM);
    key.setKeySize(KEY_BITS);
    key.setStrictFilePermissions(true);
    key.loadKeys(null);
    return key;
  }

  Path history() {
    return directory.resolve("history");
  }

  void publish(String host, int port) throws IOException {
    var file = Files.writeString(directory.resolve("address.new"), host + ":" + port + "\n");
    Files.move(file, address(), StandardCopyOption.ATOMIC_MOVE);
  }

  void withdraw() throws IOException {
    Files.deleteIfExists(address());
  }

  private Path address() {
    return directory.resolve("address");
  }
}
