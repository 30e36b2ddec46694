package org.cloudcrowd.server.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.io.input.BoundedInputStream;
import org.cloudcrowd.actionmodel.ActionFile;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ActionNames;
import org.cloudcrowd.server.config.Texts;
import org.cloudcrowd.store.DeployedBundles.NewBundle;

/** A bundle that a client uploads, in a temporary file. */
final class Upload implements AutoCloseable {
  private static final int BYTES_PER_MEGABYTE = 1 << 20;

  /** The lengths of the columns. */
  private static final int MAX_NAME = 255;

  private static final int MAX_VERSION = 200;

  private final Path file;
  private final String sha256;

  private Upload(Path file, String sha256) {
    this.file = file;
    this.sha256 = sha256;
  }

  static Upload of(InputStream content, int maxMegabytes)
      throws IOException, InvalidRequestException {
    var file = Files.createTempFile("crowd-bundle", ".jar");
    try {
      long most = (long) maxMegabytes * BYTES_PER_MEGABYTE;
      var digest = MessageDigest.getInstance("SHA-256");
      var bounded =
          BoundedInputStream.builder().setInputStream(content).setMaxCount(most + 1).get();
      long size =
          Files.copy(
              new DigestInputStream(bounded, digest), file, StandardCopyOption.REPLACE_EXISTING);
      if (size > most) {
        throw new InvalidRequestException(
            "", "a bundle may have " + maxMegabytes + " MiB (max_bundle_megabytes)");
      }
      return new Upload(file, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException | InvalidRequestException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Reads its manifest.
   *
   * @throws InvalidRequestException if it provides no action
   */
  ActionFile read() throws InvalidRequestException {
    ActionFile read;
    try {
      read = ActionFile.read(file.toFile());
    } catch (IOException e) {
      throw new InvalidRequestException("", e.getMessage());
    }
    if (read.actions().isEmpty()) {
      throw new InvalidRequestException(
          "", "it brings no action; a component that implements Action, with @ActionName, is one");
    }
    Texts.check("Bundle-SymbolicName", read.identity().symbolicName(), MAX_NAME);
    Texts.check("Bundle-Version", read.identity().version().toString(), MAX_VERSION);
    for (String action : read.actions()) {
      if (!ActionNames.isOne(action)) {
        throw new InvalidRequestException(
            "Provide-Capability", "the name of an action is " + ActionNames.RULE);
      }
    }
    return read;
  }

  NewBundle bundle(ActionFile read) throws IOException {
    return new NewBundle(
        sha256,
        read.identity().symbolicName(),
        read.identity().version(),
        read.isProgram(),
        read.actions(),
        Files.size(file));
  }

  InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
