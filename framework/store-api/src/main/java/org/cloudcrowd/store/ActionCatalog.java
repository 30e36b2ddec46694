package org.cloudcrowd.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * The actions that nodes offer, in every version. What was once offered outlives the nodes, so a
 * job can be posted while those that can run it are away, and waits for them.
 */
@ProviderType
public interface ActionCatalog {

  /** Records what a node offers; of a version that is known already, this replaces the rest. */
  void offer(Collection<KnownAction> actions);

  /**
   * Forgets the versions that nobody offers any more of actions that somebody offers.
   *
   * @param offered the versions that live nodes offer of each action, by the names of those
   * @param offeredBefore versions that were recorded at this time or later are kept: who offers
   *     them may not have been seen yet
   * @return how many were forgotten
   */
  int keep(Map<String, Set<Version>> offered, Instant offeredBefore);

  /** What is known of an action, its highest version first; empty if none was ever offered. */
  List<KnownAction> versions(String name);

  /** The names of all actions, in their order. */
  List<String> names();

  /**
   * A version of an action, and its stages.
   *
   * @param name its name
   * @param version the version
   * @param splits whether it has a split stage
   * @param merges whether it has a merge stage
   * @param optionsSchema a JSON Schema of a job's options, or null where they may be anything
   */
  record KnownAction(
      String name, Version version, boolean splits, boolean merges, String optionsSchema) {}
}
