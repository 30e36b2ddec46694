package org.cloudcrowd.node.units;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.cloudcrowd.node.NodeConfiguration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** What this machine may be loaded with before the node takes nothing more. */
@Component(
    service = MachineLimits.class,
    configurationPid = NodeConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MachineLimits {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable: +(\\d+) kB$");
  private static final long KILOBYTES_PER_MEGABYTE = 1024;

  private final double maxLoad;
  private final long minFreeMegabytes;
  private final DoubleSupplier load;
  private final LongSupplier freeMegabytes;

  /** Looks at this machine. */
  @Activate
  public MachineLimits(NodeConfiguration configuration) {
    this(configuration, MachineLimits::loadAverage, MachineLimits::availableMegabytes);
  }

  MachineLimits(NodeConfiguration configuration, DoubleSupplier load, LongSupplier freeMegabytes) {
    this.maxLoad = configuration.max__load();
    this.minFreeMegabytes = configuration.min__free__memory();
    this.load = load;
    this.freeMegabytes = freeMegabytes;
  }

  private static double loadAverage() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system.getSystemLoadAverage();
  }

  /** What could be had without swapping; a system that does not tell has enough. */
  private static long availableMegabytes() {
    try {
      var found = AVAILABLE.matcher(Files.readString(MEMORY));
      return found.find()
          ? Long.parseLong(found.group(1)) / KILOBYTES_PER_MEGABYTE
          : Long.MAX_VALUE;
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Why the node takes nothing now, or null. */
  public String overload() {
    if (maxLoad > 0 && load.getAsDouble() > maxLoad) {
      return String.format(
          Locale.ROOT, "the load average is %.2f, above max_load %s", load.getAsDouble(), maxLoad);
    }
    if (minFreeMegabytes > 0 && freeMegabytes.getAsLong() < minFreeMegabytes) {
      return "only "
          + freeMegabytes.getAsLong()
          + " MiB of memory are free, less than min_free_memory "
          + minFreeMegabytes;
    }
    return null;
  }
}
