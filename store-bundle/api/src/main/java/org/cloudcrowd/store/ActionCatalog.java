package org.cloudcrowd.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Version;

/**
 * The actions that nodes advertise, in every version. An action stays in the catalog after the
 * nodes that advertised it are gone, so a job of it can be submitted meanwhile and waits for a
 * node.
 */
@ProviderType
public interface ActionCatalog {

  /** Records the actions that a node advertises. What is known of the same version is replaced. */
  void record(Collection<KnownAction> actions);

  /**
   * Forgets the versions that no node advertises any more, of the actions that some node
   * advertises.
   *
   * @param advertised the versions that live nodes advertise of each action, by the actions' names
   * @param recordedBefore versions that were recorded at this time or later are kept: their node
   *     may not have been recorded yet when the live nodes were read
   * @return how many were forgotten
   */
  int keep(Map<String, Set<Version>> advertised, Instant recordedBefore);

  /**
   * What is known of an action, its highest version first; empty if no node has ever advertised it.
   */
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
