package org.cloudcrowd.store;

import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Every action that a node ever offered. It outlives the nodes, so a job can be posted while those
 * that can run it are away, and waits for them.
 */
@ProviderType
public interface ActionCatalog {

  /**
   * Records what a node offers; of a name that is known already, this replaces all but the name.
   */
  void offer(Collection<KnownAction> actions);

  /** The action of this name, or null if none was ever offered. */
  KnownAction find(String name);

  /** All actions, by name. */
  List<KnownAction> all();

  /**
   * An action and its stages.
   *
   * @param name its name
   * @param splits whether it has a split stage
   * @param merges whether it has a merge stage
   * @param optionsSchema a JSON Schema of a job's options, or null where they may be anything
   */
  record KnownAction(String name, boolean splits, boolean merges, String optionsSchema) {}
}
