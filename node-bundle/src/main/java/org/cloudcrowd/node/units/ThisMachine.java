package org.cloudcrowd.node.units;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The machine that this process runs on. */
final class ThisMachine implements Machine {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +(\\d+) kB$");
  private static final long KILOBYTES_PER_MEGABYTE = 1024;
  private static final long BYTES_PER_MEGABYTE = 1L << 20;

  private final Path directory;

  /**
   * @param directory the directory whose disk is measured; it need not exist yet
   */
  ThisMachine(Path directory) {
    this.directory = directory;
  }

  @Override
  public double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  @Override
  public long freeMemory() {
    try {
      var found = AVAILABLE.matcher(Files.readString(MEMORY));
      return found.find()
          ? Long.parseLong(found.group(1)) / KILOBYTES_PER_MEGABYTE
          : Long.MAX_VALUE;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public long freeDisk() {
    try {
      return Files.getFileStore(directory).getUsableSpace() / BYTES_PER_MEGABYTE;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
