package org.cloudcrowd.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.cloudcrowd.protocol.server.BundleView;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bundles and programs that every node of the cluster is to have. May be used by any number of
 * threads.
 */
@ProviderType
public interface Bundles {

  /**
   * Whether a client may deploy and undeploy, as far as it depends on where the client is.
   *
   * @param local whether it is on this machine
   */
  boolean mayBeDeployed(boolean local);

  /**
   * Stores a bundle, or a program's zip, and has the nodes fetch it. The same bytes may come again.
   *
   * @throws InvalidRequestException if it is neither, brings no action, or is too large
   * @throws ConflictException if other bytes of the same name and version are deployed, or another
   *     bundle brings an action of the same name
   * @throws IOException if the content breaks off
   */
  BundleView deploy(InputStream content)
      throws InvalidRequestException, ConflictException, IOException;

  /**
   * Checks a bundle, or a program's zip, and has the nodes that this server can reach try it.
   * Nothing is kept.
   *
   * @throws InvalidRequestException as {@link #deploy}
   * @throws ConflictException as {@link #deploy}
   * @throws IOException if the content breaks off
   */
  BundleView tryOut(InputStream content)
      throws InvalidRequestException, ConflictException, IOException;

  /** What is deployed, and how it stands with it on each live node. */
  List<BundleView> all();

  /**
   * Writes the bytes of a deployed bundle.
   *
   * @return whether it is deployed
   * @throws IOException if they cannot be written, or it was undeployed meanwhile
   */
  boolean write(String sha256, OutputStream out) throws IOException;

  /**
   * Removes a bundle from the cluster: its units that wait, wait until it returns.
   *
   * @return what it was, or null if it is not deployed
   */
  BundleView undeploy(String sha256);
}
