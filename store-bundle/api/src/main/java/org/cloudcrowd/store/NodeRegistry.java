package org.cloudcrowd.store;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The nodes that sent heartbeats to any server of the cluster. May be used by any number of threads
 * and processes.
 */
@ProviderType
public interface NodeRegistry {

  /**
   * Records a heartbeat of a node, at the time of the store's clock.
   *
   * @param description a JSON object that the store keeps without looking into it
   * @return the node as it was before, or null if it was not known
   */
  KnownNode heard(String name, String incarnation, String description);

  /** Changes whether a node is eligible; returns whether the node is known. */
  boolean changeEligibility(String name, Eligibility eligibility);

  /**
   * Changes how many units a node is to run at once.
   *
   * @param maxWorkers from 1, or null for what the node is configured to
   * @return whether it is known
   */
  boolean changeMaxWorkers(String name, Integer maxWorkers);

  /** Deletes a node; returns whether it was known. */
  boolean remove(String name);

  /** The nodes whose last heartbeat came at a time or later, by name. */
  List<KnownNode> heardSince(Instant since);

  /** Deletes the nodes whose last heartbeat came before a time. */
  void forget(Instant before);

  /**
   * A node, as of its last heartbeat.
   *
   * @param name its name, {@code host:port}
   * @param incarnation the id of the life of its process
   * @param description a JSON object
   * @param heardAt when the heartbeat came
   * @param eligibility whether it may get work
   * @param maxWorkers how many units it is to run at once, or null for what it is configured to
   */
  record KnownNode(
      String name,
      String incarnation,
      String description,
      Instant heardAt,
      Eligibility eligibility,
      Integer maxWorkers) {}

  /**
   * Whether a node may get work: it is neither drained nor quarantined.
   *
   * @param reason why it may not, or null where it may
   * @param until when it may again, or null where only a command ends it
   */
  record Eligibility(String reason, Instant until) {
    public static final Eligibility ELIGIBLE = new Eligibility(null, null);

    public boolean isEligible() {
      return reason == null;
    }

    /** This, or {@link #ELIGIBLE} where {@code until} has passed. */
    public Eligibility at(Instant now) {
      return until != null && now.isAfter(until) ? ELIGIBLE : this;
    }
  }
}
