package org.cloudcrowd.protocol.server;

/**
 * What the sender of the request may do.
 *
 * @param login the name of the login, or null where authentication is off
 * @param mayChange whether it may change anything, and not only read
 */
public record AccessView(String login, boolean mayChange) {}
