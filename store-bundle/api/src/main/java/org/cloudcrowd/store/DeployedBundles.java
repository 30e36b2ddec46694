package org.cloudcrowd.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * The bundles, and programs, that every node of the cluster is to have. May be used by any number
 * of threads and processes.
 */
@ProviderType
public interface DeployedBundles {

  /**
   * Stores a bundle.
   *
   * @param bundle what it is
   * @param content its bytes, which may be read more than once
   * @throws IOException if the content cannot be read; nothing was stored
   */
  Deployment deploy(NewBundle bundle, Content content) throws IOException;

  /**
   * What would keep a bundle from being stored, or make it a repetition; nothing is stored.
   *
   * @return what {@link #deploy} would return, or null where it would store the bundle
   */
  Deployment inTheWayOf(NewBundle bundle);

  /** The bundles that are stored, by symbolic name and, of one name, in the order of deployment. */
  List<DeployedBundle> all();

  /**
   * Writes the bytes of a bundle.
   *
   * @return whether it is stored
   * @throws IOException if they cannot be written, or the bundle was undeployed meanwhile
   */
  boolean write(String sha256, OutputStream out) throws IOException;

  /** Removes a bundle; says what it was, or null if it was not stored. */
  DeployedBundle undeploy(String sha256);

  /** The bytes of a bundle that is to be stored. */
  interface Content {
    /** Begins to read them, from the first on. */
    InputStream open() throws IOException;
  }

  /**
   * A bundle to be stored.
   *
   * @param sha256 the SHA-256 of its bytes, in hexadecimal
   * @param symbolicName its symbolic name
   * @param version its version
   * @param isProgram whether it is a program's zip, of which each node makes a bundle
   * @param actions the names of the actions that it brings
   * @param size how many bytes it has
   */
  record NewBundle(
      String sha256,
      String symbolicName,
      Version version,
      boolean isProgram,
      List<String> actions,
      long size) {}

  /**
   * A bundle that is stored.
   *
   * @param bundle what it is
   * @param deployedAt since when
   */
  record DeployedBundle(NewBundle bundle, Instant deployedAt) {}

  /**
   * What came of a deployment.
   *
   * @param bundle the bundle that is stored now, or that is in the way
   * @param outcome which of these
   */
  record Deployment(DeployedBundle bundle, Outcome outcome) {
    /** What came of a deployment. */
    public enum Outcome {
      /** It is stored. */
      DEPLOYED,
      /** The same bytes were stored already. */
      REPEATED,
      /** Other bytes of the same symbolic name and version are stored. */
      VERSION_TAKEN,
      /** A bundle of another symbolic name brings an action of the same name. */
      ACTION_TAKEN
    }
  }
}
