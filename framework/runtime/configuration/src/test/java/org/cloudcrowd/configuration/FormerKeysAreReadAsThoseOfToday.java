package org.cloudcrowd.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormerKeysAreReadAsThoseOfToday {
  private static FormerKeys of(String pid) throws IOException {
    var list = "a.server/work_unit_retries = max_attempts\na.other/work_unit_retries = tries\n";
    return new FormerKeys(
        pid, new ByteArrayInputStream(list.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Dictionary<String, Object> configured(Map<String, Object> values) {
    return new Hashtable<>(values);
  }

  @Test
  void itsValueIsThatOfTheKeyOfToday() throws IOException {
    var configuration = configured(Map.of("work_unit_retries", "5"));

    assertThat(of("a.server").replace(configuration))
        .containsExactly("work_unit_retries is read as max_attempts, its name of today");
    assertThat(configuration).isEqualTo(configured(Map.of("max_attempts", "5")));
  }

  @Test
  void theKeyOfTodayWins() throws IOException {
    var configuration = configured(Map.of("work_unit_retries", "5", "max_attempts", "2"));

    assertThat(of("a.server").replace(configuration))
        .containsExactly(
            "work_unit_retries is ignored, because max_attempts, its name of today, is set too");
    assertThat(configuration).isEqualTo(configured(Map.of("max_attempts", "2")));
  }

  @Test
  void aPidHasOnlyItsOwn() throws IOException {
    var configuration = configured(Map.of("work_unit_retries", "5"));

    assertThat(of("a.third").replace(configuration)).isEmpty();
    assertThat(configuration).isEqualTo(configured(Map.of("work_unit_retries", "5")));
  }
}
