package org.cloudcrowd.node.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cloudcrowd.node.NodeConfiguration;
import org.junit.jupiter.api.Test;
import org.osgi.util.converter.Converters;

class AMachineHasItsLimits {
  private static MachineLimits limits(double maxLoad, long minFree, double load, long free) {
    var configuration =
        Converters.standardConverter()
            .convert(Map.of("max_load", maxLoad, "min_free_memory", minFree))
            .to(NodeConfiguration.class);
    return new MachineLimits(configuration, () -> load, () -> free);
  }

  @Test
  void withoutLimitsNothingIsTooMuch() {
    assertThat(limits(0, 0, 1000, 0).overload()).isNull();
  }

  @Test
  void aLoadAboveTheLimitIs() {
    assertThat(limits(4, 0, 4, 0).overload()).isNull();
    assertThat(limits(4, 0, 4.5, 0).overload())
        .isEqualTo("the load average is 4.50, above max_load 4.0");
  }

  @Test
  void soIsLessMemoryThanShouldBeFree() {
    assertThat(limits(0, 512, 0, 512).overload()).isNull();
    assertThat(limits(0, 512, 0, 511).overload())
        .isEqualTo("only 511 MiB of memory are free, less than min_free_memory 512");
  }
}
