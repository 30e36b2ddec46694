package org.cloudcrowd.server.nodes;

/** The kinds of nodes, and what each tells and takes. */
public enum NodeKind {
  /** A node of ours: its heartbeats name its leases and limits. */
  CROWD,
  /** A Ruby node, which checks in and is asked whether it is there. */
  RUBY;

  /** The incarnation of every Ruby node, which names none. */
  public static final String RUBY_INCARNATION = "ruby";

  /** The kind of the nodes of an incarnation. */
  public static NodeKind of(String incarnation) {
    return incarnation.equals(RUBY_INCARNATION) ? RUBY : CROWD;
  }

  /** Whether a lease that a heartbeat does not name has been lost. */
  public boolean namesItsLeases() {
    return this == CROWD;
  }

  /** Whether its heartbeats name the processes of its workers. */
  public boolean namesItsWorkers() {
    return this == CROWD;
  }

  /** Whether it asks for its units where the server tells it that it cannot reach it. */
  public boolean canPoll() {
    return this == CROWD;
  }

  /** Whether the server may change how many units it runs at once. */
  public boolean canBeResized() {
    return this == CROWD;
  }
}
