package org.cloudcrowd.node.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cloudcrowd.node.NodeConfiguration;
import org.junit.jupiter.api.Test;
import org.osgi.util.converter.Converters;

class AMachineHasItsLimits {
  private record FakeMachine(double loadAverage, long freeMemory, long freeDisk)
      implements Machine {}

  private static final FakeMachine BUSY = new FakeMachine(1000, 0, 0);

  private static String overload(Map<String, Object> limits, Machine machine) {
    var configuration = Converters.standardConverter().convert(limits).to(NodeConfiguration.class);
    return new MachineLimits(configuration, machine).overload();
  }

  @Test
  void withoutLimitsNothingIsTooMuch() {
    assertThat(overload(Map.of("min_free_disk", 0), BUSY)).isNull();
  }

  @Test
  void aLoadAboveTheLimitIs() {
    var limits = Map.<String, Object>of("max_load", 4.0, "min_free_disk", 0);
    assertThat(overload(limits, new FakeMachine(4, 0, 0))).isNull();
    assertThat(overload(limits, new FakeMachine(4.5, 0, 0)))
        .isEqualTo("the load average is 4.50, above max_load 4.0");
  }

  @Test
  void soIsLessMemoryThanShouldBeFree() {
    var limits = Map.<String, Object>of("min_free_memory", 512, "min_free_disk", 0);
    assertThat(overload(limits, new FakeMachine(0, 512, 0))).isNull();
    assertThat(overload(limits, new FakeMachine(0, 511, 0)))
        .isEqualTo("only 511 MiB of memory are free, less than min_free_memory 512");
  }

  @Test
  void soIsLessRoomOnTheDiskAsUsual() {
    assertThat(overload(Map.of(), new FakeMachine(0, 0, 100))).isNull();
    assertThat(overload(Map.of(), new FakeMachine(0, 0, 99)))
        .isEqualTo("only 99 MiB are free on the node's disk, less than min_free_disk 100");
  }
}
