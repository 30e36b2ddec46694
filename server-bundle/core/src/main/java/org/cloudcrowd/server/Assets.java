package org.cloudcrowd.server;

import java.io.IOException;
import java.util.Optional;
import org.cloudcrowd.assets.StoredAsset;
import org.osgi.annotation.versioning.ProviderType;

/** Opens files that actions have saved. May be used by any number of threads. */
@ProviderType
public interface Assets {

  /**
   * Opens a file by a link.
   *
   * @param path what follows {@code /assets/}, decoded
   * @param expires when the link ends, in seconds since 1970, as the link says
   * @param signature the signature of the link
   * @return empty where the file does not exist any more
   * @throws BadLinkException if the link was not made by this server, or has expired
   * @throws IOException if the file cannot be read
   */
  Optional<StoredAsset> open(String path, String expires, String signature)
      throws BadLinkException, IOException;

  /** A link is invalid or has expired; the message says which. */
  final class BadLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public BadLinkException(String message) {
      super(message);
    }
  }
}
