package org.cloudcrowd.protocol.server;

/**
 * What whoever asks may do.
 *
 * @param login the name of the login, or null where this cluster asks for none
 * @param mayChange whether jobs, nodes and the rest may be changed, and not only looked at
 */
public record AccessView(String login, boolean mayChange) {}
