package org.cloudcrowd.server;

/** By which URLs the files that actions saved are named to a client. */
public enum FileLinks {
  /** As the server is configured: files of this machine, where only it can reach the server. */
  CONFIGURED,
  /** By links of this server, for a client that opens no files of its own: a browser. */
  SERVER
}
