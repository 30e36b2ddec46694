package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import org.cloudcrowd.store.DeployedBundles;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.DeployedBundleEntity;
import org.cloudcrowd.store.jpa.entity.DeployedPieceEntity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps deployed bundles in a table, and their bytes in rows of a megabyte. */
@Component
public final class JpaDeployedBundles implements DeployedBundles {
  private static final int PIECE = 1 << 20;

  private final Database database;
  private final Transactions transactions;
  private final Clock clock;

  @Activate
  public JpaDeployedBundles(@Reference Database database) {
    this.database = database;
    transactions = database.transactions();
    clock = database.clock();
  }

  /**
   * Where two transactions deploy the same bundle at once, the second violates a unique key and is
   * run again.
   */
  @Override
  public Deployment deploy(NewBundle bundle, Content content) throws IOException {
    database.requireRoom();
    try {
      return transactions.run("deploy a bundle", entities -> deploy(entities, bundle, content));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Deployment deploy(EntityManager entities, NewBundle bundle, Content content) {
    var inTheWay = inTheWayOf(entities, bundle);
    if (inTheWay != null) {
      return inTheWay;
    }
    var stored = new DeployedBundleEntity(bundle, clock.instant());
    entities.persist(stored);
    entities.flush();
    var deployed = stored.toDeployedBundle();
    store(entities, bundle.sha256(), content);
    return new Deployment(deployed, Deployment.Outcome.DEPLOYED);
  }

  @Override
  public Deployment inTheWayOf(NewBundle bundle) {
    return transactions.read(
        "look what is in the way of a bundle", entities -> inTheWayOf(entities, bundle));
  }

  private static Deployment inTheWayOf(EntityManager entities, NewBundle bundle) {
    var same = entities.find(DeployedBundleEntity.class, bundle.sha256());
    if (same != null) {
      return new Deployment(same.toDeployedBundle(), Deployment.Outcome.REPEATED);
    }
    for (DeployedBundleEntity other : all(entities)) {
      if (other.hasIdentityOf(bundle)) {
        return new Deployment(other.toDeployedBundle(), Deployment.Outcome.VERSION_TAKEN);
      }
      if (other.isRivalOf(bundle)) {
        return new Deployment(other.toDeployedBundle(), Deployment.Outcome.ACTION_TAKEN);
      }
    }
    return null;
  }

  private static void store(EntityManager entities, String sha256, Content content) {
    try (var in = content.open()) {
      int number = 0;
      for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
        entities.persist(new DeployedPieceEntity(sha256, number, piece));
        entities.flush();
        entities.clear();
        number++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<DeployedBundleEntity> all(EntityManager entities) {
    return entities
        .createNamedQuery(DeployedBundleEntity.ALL, DeployedBundleEntity.class)
        .getResultList();
  }

  @Override
  public List<DeployedBundle> all() {
    return transactions.read(
        "read the deployed bundles",
        entities -> all(entities).stream().map(DeployedBundleEntity::toDeployedBundle).toList());
  }

  @Override
  public boolean write(String sha256, OutputStream out) throws IOException {
    var bundle =
        transactions.read(
            "read a deployed bundle",
            entities -> {
              var known = entities.find(DeployedBundleEntity.class, sha256);
              return known == null ? null : known.toDeployedBundle();
            });
    if (bundle == null) {
      return false;
    }
    long left = bundle.bundle().size();
    for (int number = 0; left > 0; number++) {
      var piece = piece(sha256, number);
      if (piece == null) {
        throw new IOException("the bundle " + sha256 + " was undeployed meanwhile");
      }
      out.write(piece);
      left -= piece.length;
    }
    return true;
  }

  private byte[] piece(String sha256, int number) {
    return transactions.read(
        "read a piece of a deployed bundle",
        entities -> {
          var piece =
              entities.find(DeployedPieceEntity.class, new DeployedPieceEntity.Key(sha256, number));
          return piece == null ? null : piece.content();
        });
  }

  @Override
  public DeployedBundle undeploy(String sha256) {
    return transactions.run(
        "undeploy a bundle",
        entities -> {
          var known = entities.find(DeployedBundleEntity.class, sha256);
          if (known == null) {
            return null;
          }
          var undeployed = known.toDeployedBundle();
          entities
              .createNamedQuery(DeployedPieceEntity.DELETE)
              .setParameter("sha256", sha256)
              .executeUpdate();
          entities.remove(known);
          return undeployed;
        });
  }
}
