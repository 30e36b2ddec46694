package org.cloudcrowd.protocol.node;

/**
 * A node's poll for units. The server answers when it has some, or with 204 after a while.
 *
 * @param incarnation names this life of the node's process
 */
public record Poll(String incarnation) {}
