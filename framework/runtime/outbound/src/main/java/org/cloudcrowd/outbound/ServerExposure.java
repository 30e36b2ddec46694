package org.cloudcrowd.outbound;

/**
 * From how far off a server can be reached, and so who may have named what is connected to for it.
 */
public enum ServerExposure {
  /** It listens at loopback addresses alone: who names inputs is on this machine. */
  LOOPBACK,
  /** It is on this machine, and others can reach it. */
  THIS_MACHINE,
  /** It is on another machine. */
  ELSEWHERE
}
