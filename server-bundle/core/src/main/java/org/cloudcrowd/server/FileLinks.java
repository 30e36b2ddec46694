package org.cloudcrowd.server;

/** The kind of URLs by which clients get the files that actions saved. */
public enum FileLinks {
  /**
   * As {@code links} is configured; by default {@code file:} URLs where only this machine can reach
   * the server, else links of the server.
   */
  CONFIGURED,
  /** Links of this server, for browsers, which open no {@code file:} URLs. */
  SERVER
}
