package org.cloudcrowd.protocol.worker;

/**
 * The limits of a program that an action runs.
 *
 * @param minutes of processor time, in all its threads; 0 is any
 * @param memoryMegabytes of address space, in MiB, for each of its processes; 0 is any
 * @param fileMegabytes in each file that it writes, in MiB; 0 is any
 */
public record ToolLimits(int minutes, int memoryMegabytes, int fileMegabytes) {
  /** No limits. */
  public static final ToolLimits NONE = new ToolLimits(0, 0, 0);
}
