package org.cloudcrowd.server;

/** The kind of URLs by which clients get the files that actions saved. */
public enum FileLinks {
  /** As configured: {@code file:} URLs where only this machine can reach the server. */
  CONFIGURED,
  /** Links of this server, for browsers, which open no {@code file:} URLs. */
  SERVER
}
