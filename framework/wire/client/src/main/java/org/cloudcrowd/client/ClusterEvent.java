package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloudcrowd.protocol.server.EventKind;

/**
 * An event of the cluster.
 *
 * @param id continues the stream after it, at any server; null where there was none yet
 * @param kind its kind; null for a keep-alive
 * @param data the record that its kind names, or null
 */
public record ClusterEvent(String id, EventKind kind, JsonNode data) {}
