package org.cloudcrowd.assets;

/**
 * From how far off the server that sent a unit can be reached, and so who may have named its input.
 */
public enum ServerReach {
  /** It listens at loopback addresses alone: who names inputs is on this machine. */
  LOOPBACK,
  /** It is on this machine, and others can reach it. */
  THIS_MACHINE,
  /** It is on another machine. */
  ELSEWHERE
}
