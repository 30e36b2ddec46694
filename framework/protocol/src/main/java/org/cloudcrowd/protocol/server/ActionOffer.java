package org.cloudcrowd.protocol.server;

/**
 * An action that a node can run.
 *
 * @param name its name
 * @param version the OSGi version of its bundle
 * @param description a sentence for people, or null
 * @param splits whether it has a split stage
 * @param merges whether it has a merge stage
 */
public record ActionOffer(
    String name, String version, String description, boolean splits, boolean merges) {}
