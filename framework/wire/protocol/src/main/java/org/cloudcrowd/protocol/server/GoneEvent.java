package org.cloudcrowd.protocol.server;

/**
 * A job was deleted, or a node is gone.
 *
 * @param id the job's id, or null
 * @param host the node's name, or null
 */
public record GoneEvent(Long id, String host) {}
