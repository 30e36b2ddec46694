package org.cloudcrowd.protocol.server;

import com.fasterxml.jackson.annotation.JsonAlias;

/**
 * A node's wish for work, which the server answers when it has some, or with 204 after a while.
 *
 * @param incarnation names this life of the node's process
 */
public record Poll(@JsonAlias("run") String incarnation) {}
