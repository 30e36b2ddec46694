package org.cloudcrowd.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OverridesStandOverFiles {
  @Test
  void eachLineSetsAKeyOfAPid() {
    var overrides = new Overrides("a.b/port=0\na.b/host=::1\nc~d/url=http://h/p?q=1\n");

    assertThat(overrides.of("a.b")).isEqualTo(Map.of("port", "0", "host", "::1"));
    assertThat(overrides.of("c~d")).isEqualTo(Map.of("url", "http://h/p?q=1"));
    assertThat(overrides.of("other")).isEmpty();
  }

  @Test
  void aContainerMayHaveNone() {
    assertThat(new Overrides(null).of("a")).isEmpty();
    assertThat(new Overrides("").of("a")).isEmpty();
  }

  @Test
  void whatIsNoOverrideIsAnError() {
    assertThatThrownBy(() -> new Overrides("port=0")).hasMessageContaining("'port=0'");
  }
}
