package org.cloudcrowd.configuration.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.cloudcrowd.configuration.diagnosis.MissingComponent.Reason;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class FailuresHaveTheirCause {
  private static MissingComponent failed(String trace) {
    var component = new ComponentDescriptionDTO();
    component.name = "org.cloudcrowd.Some";
    component.serviceInterfaces = new String[0];
    return MissingComponents.failed(component, trace);
  }

  @Test
  void theLastCauseIsTold() {
    var part =
        failed(
            """
            java.lang.reflect.InvocationTargetException
            \tat java.base/Some.method(Some.java:1)
            Caused by: java.lang.IllegalStateException: it cannot
            Caused by: java.lang.IllegalArgumentException: the key k: is empty
            """);

    assertThat(part.reason()).isEqualTo(Reason.FAILED);
    assertThat(part.line())
        .isEqualTo("component org.cloudcrowd.Some failed to start: the key k: is empty");
  }

  @Test
  void whatTheJdkSaysByAClassIsSaidInWords() {
    assertThat(failed("java.nio.file.AccessDeniedException: /data").line())
        .endsWith("failed to start: /data: permission denied");
    assertThat(failed("java.lang.NullPointerException").line())
        .endsWith("failed to start: java.lang.NullPointerException");
  }

  @Test
  void whatFailedBecauseOfAnotherIsNoCause() {
    var trace = "java.lang.InstantiationException: Unable to get service for reference jobs\n";

    assertThat(failed(trace).reason()).isEqualTo(Reason.BY_ANOTHER);
  }

  /** Its state and the reason are read one after the other. */
  @Test
  void aComponentThatIsStartedAgainMeanwhileHasNotFailed() {
    assertThat(failed(null).reason()).isEqualTo(Reason.WAITS);
    assertThat(failed(null).line()).isEqualTo("component org.cloudcrowd.Some is starting");
  }
}
