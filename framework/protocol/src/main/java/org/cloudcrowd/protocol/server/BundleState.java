package org.cloudcrowd.protocol.server;

/**
 * How it stands with a bundle that a node is to have.
 *
 * @param sha256 the SHA-256 of its bytes, in hexadecimal
 * @param installed whether its actions can be run
 * @param problem what keeps it from that, or null where nothing does, or it is on its way
 */
public record BundleState(String sha256, boolean installed, String problem) {}
