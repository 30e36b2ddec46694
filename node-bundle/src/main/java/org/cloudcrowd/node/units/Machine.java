package org.cloudcrowd.node.units;

/** The load, memory and disk of a machine. */
interface Machine {
  /** The load average of the last minute. */
  double loadAverage();

  /**
   * The memory that is available without swapping, in MiB; {@link Long#MAX_VALUE} where it is not
   * known.
   */
  long freeMemory();

  /**
   * The free space on the disk of the node's directory, in MiB; {@link Long#MAX_VALUE} where it is
   * not known.
   */
  long freeDisk();
}
