package org.cloudcrowd.protocol.server;

/**
 * An entry of the blacklist, as clients see it. Of a request, only the action and the end are read.
 *
 * @param id from 1
 * @param action its name
 * @param createdAt when it was put on the list, in ISO 8601, UTC
 * @param expiresAt when it leaves the list by itself, or null for never
 */
public record BlacklistEntry(Long id, String action, String createdAt, String expiresAt) {}
