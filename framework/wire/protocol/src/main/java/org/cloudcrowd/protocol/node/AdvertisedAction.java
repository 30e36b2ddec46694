package org.cloudcrowd.protocol.node;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An action that a node can run.
 *
 * @param name its name
 * @param version the OSGi version of its bundle
 * @param description a sentence for people, or null
 * @param splits whether it has a split stage
 * @param merges whether it has a merge stage
 * @param options a JSON Schema of a job's options, or null where they may be anything
 */
public record AdvertisedAction(
    String name,
    String version,
    String description,
    boolean splits,
    boolean merges,
    ObjectNode options) {

  /** An action whose options may be anything. */
  public AdvertisedAction(
      String name, String version, String description, boolean splits, boolean merges) {
    this(name, version, description, splits, merges, null);
  }
}
