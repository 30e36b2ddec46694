package org.cloudcrowd.protocol.node;

/**
 * The state of a deployed bundle on a node.
 *
 * @param sha256 the SHA-256 of its bytes, in hexadecimal
 * @param installed whether its actions can be run
 * @param problem why they cannot, or null where they can, or the bundle is being downloaded
 */
public record BundleState(String sha256, boolean installed, String problem) {}
