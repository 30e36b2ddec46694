package org.cloudcrowd.protocol.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a client posts to make a job.
 *
 * @param action the name of the action that does the work
 * @param inputs one work unit is made of each; at least one
 * @param options what the action is told besides, or null for nothing
 * @param callbackUrl kept with the job, or null
 * @param email kept with the job and shown with it, or null
 */
public record JobRequest(
    String action, List<JsonNode> inputs, ObjectNode options, String callbackUrl, String email) {}
