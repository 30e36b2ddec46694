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
   * Whether the configuration allows a client to deploy and undeploy from where it is.
   *
   * @param local whether the client is on this machine
   */
  boolean mayBeDeployed(boolean local);

  /**
   * Stores a bundle, or a program's zip, and has the nodes download it. To deploy the same bytes
   * again changes nothing.
   *
   * @throws InvalidRequestException if it is neither, brings no action, or is too large
   * @throws ConflictException if other bytes of the same name and version are deployed, or another
   *     bundle brings an action of the same name
   * @throws IOException if the content ends early
   */
  BundleView deploy(InputStream content)
      throws InvalidRequestException, ConflictException, IOException;

  /**
   * Checks a bundle, or a program's zip, and has the nodes that this server can reach try it.
   * Nothing is stored.
   *
   * @throws InvalidRequestException as {@link #deploy}
   * @throws ConflictException as {@link #deploy}
   * @throws IOException if the content ends early
   */
  BundleView tryOut(InputStream content)
      throws InvalidRequestException, ConflictException, IOException;

  /** The deployed bundles, with their state on each live node. */
  List<BundleView> all();

  /**
   * Writes the bytes of a deployed bundle.
   *
   * @return whether it is deployed
   * @throws IOException if they cannot be written, or it was undeployed meanwhile
   */
  boolean write(String sha256, OutputStream out) throws IOException;

  /**
   * Undeploys a bundle. Queued units of its actions wait until some node has the action again.
   *
   * @return what it was, or null if it is not deployed
   */
  BundleView undeploy(String sha256);
}
