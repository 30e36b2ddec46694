package org.cloudcrowd.server;

import java.io.IOException;
import java.util.Optional;
import org.cloudcrowd.assets.StoredAsset;
import org.osgi.annotation.versioning.ProviderType;

/** Gives out files that actions have saved. May be used by any number of threads. */
@ProviderType
public interface Assets {

  /**
   * Opens a file by a link.
   *
   * @param path what follows {@code /assets/}, decoded
   * @param expires when the link ends, in seconds since 1970, as the link says
   * @param signature what the link is signed with
   * @return empty where there is no such file any more
   * @throws BadLinkException if the link is none that this server made, or has ended
   * @throws IOException if the file cannot be read
   */
  Optional<StoredAsset> open(String path, String expires, String signature)
      throws BadLinkException, IOException;

  /** A link that opens nothing; the message says why. */
  final class BadLinkException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public BadLinkException(String message) {
      super(message);
    }
  }
}
