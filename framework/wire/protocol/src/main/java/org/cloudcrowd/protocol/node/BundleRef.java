package org.cloudcrowd.protocol.node;

/**
 * A deployed bundle, which a node is to have.
 *
 * @param sha256 the SHA-256 of its bytes, in hexadecimal
 * @param symbolicName its symbolic name
 * @param version its version
 * @param program whether it is a program's zip, of which the node makes a bundle
 */
public record BundleRef(String sha256, String symbolicName, String version, boolean program) {}
