package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloudcrowd.protocol.server.EventKind;

/**
 * Something that has happened in the cluster.
 *
 * @param id to go on after it, at any server; null where there was none yet
 * @param kind what it tells; null where the server says no more than that it is there
 * @param data the record that its kind names, or null
 */
public record ClusterEvent(String id, EventKind kind, JsonNode data) {}
