package org.cloudcrowd.node.units;

import java.nio.file.Path;
import java.util.Locale;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.NodeSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The limits of this machine beyond which the node takes no more units. */
@Component(service = MachineLimits.class)
public final class MachineLimits {
  private final double maxLoad;
  private final long minFreeMemory;
  private final long minFreeDisk;
  private final Machine machine;

  @Activate
  public MachineLimits(@Reference NodeSettings settings) {
    this(settings.configuration(), new ThisMachine(Path.of(settings.configuration().directory())));
  }

  MachineLimits(NodeConfiguration configuration, Machine machine) {
    maxLoad = configuration.max__load();
    minFreeMemory = configuration.min__free__memory();
    minFreeDisk = configuration.min__free__disk();
    this.machine = machine;
  }

  /** Why the node takes nothing now, or null. */
  public String overload() {
    if (maxLoad > 0 && machine.loadAverage() > maxLoad) {
      return String.format(
          Locale.ROOT,
          "the load average is %.2f, above max_load %s",
          machine.loadAverage(),
          maxLoad);
    }
    if (minFreeMemory > 0 && machine.freeMemory() < minFreeMemory) {
      return "only "
          + machine.freeMemory()
          + " MiB of memory are free, less than min_free_memory "
          + minFreeMemory;
    }
    if (minFreeDisk > 0 && machine.freeDisk() < minFreeDisk) {
      return "only "
          + machine.freeDisk()
          + " MiB are free on the node's disk, less than min_free_disk "
          + minFreeDisk;
    }
    return null;
  }
}
