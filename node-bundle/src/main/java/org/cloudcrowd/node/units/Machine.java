package org.cloudcrowd.node.units;

/** What a machine tells of itself. */
interface Machine {
  /** How many processes wanted to run in the last minute, on average. */
  double loadAverage();

  /** What memory could be had without swapping, in MiB; the most where the system cannot tell. */
  long freeMemory();

  /** The room on the disk of the node's directory, in MiB; the most where it cannot be told. */
  long freeDisk();
}
