package org.cloudcrowd.store;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The nodes that reported to any server of the cluster. May be used by any number of threads and
 * processes.
 */
@ProviderType
public interface NodeRegistry {

  /**
   * A node was heard of; its time is now, by the store's clock.
   *
   * @param description a JSON object that the store keeps without looking into it
   * @return the node as it was before, or null if it was not known
   */
  KnownNode heard(String name, String run, String description);

  /** Changes what is thought of a node; says whether it is known. */
  boolean changeStanding(String name, NodeStanding standing);

  /**
   * Changes how many units a node is to run at once.
   *
   * @param maxWorkers from 1, or null for what the node is configured to
   * @return whether it is known
   */
  boolean changeMaxWorkers(String name, Integer maxWorkers);

  /** Forgets a node; says whether it was known. */
  boolean remove(String name);

  /** The nodes that were heard of at a moment or later, by name. */
  List<KnownNode> heardSince(Instant since);

  /** Forgets the nodes that were last heard of before a moment. */
  void forget(Instant before);

  /**
   * A node as it last reported.
   *
   * @param name its name, {@code host:port}
   * @param run names the run of its process
   * @param description a JSON object
   * @param heardAt when it reported
   * @param standing whether it gets work
   * @param maxWorkers how many units it is to run at once, or null for what it is configured to
   */
  record KnownNode(
      String name,
      String run,
      String description,
      Instant heardAt,
      NodeStanding standing,
      Integer maxWorkers) {}

  /**
   * Whether a node gets work.
   *
   * @param reason why it gets none, or null where it gets some
   * @param until when it gets some again, or null for not by itself
   */
  record NodeStanding(String reason, Instant until) {
    /** It gets work. */
    public static final NodeStanding GOOD = new NodeStanding(null, null);

    /** Whether it gets work. */
    public boolean isGood() {
      return reason == null;
    }

    /** This, or good where its time is over. */
    public NodeStanding at(Instant now) {
      return until != null && now.isAfter(until) ? GOOD : this;
    }
  }
}
