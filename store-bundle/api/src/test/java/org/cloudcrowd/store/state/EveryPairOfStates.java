package org.cloudcrowd.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables are written out here once more, so that a slip in the enums is seen. */
class EveryPairOfStates {
  private static final Set<JobState> STAGES =
      EnumSet.of(JobState.SPLITTING, JobState.PROCESSING, JobState.MERGING);

  private static final Map<JobState, Set<JobState>> JOBS =
      Map.of(
          JobState.WAITING, EnumSet.of(JobState.SPLITTING, JobState.PROCESSING, JobState.CANCELLED),
          JobState.SPLITTING, EnumSet.of(JobState.PROCESSING, JobState.CANCELLED),
          JobState.PROCESSING,
              EnumSet.of(JobState.MERGING, JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED),
          JobState.MERGING, EnumSet.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED),
          JobState.SUCCEEDED, EnumSet.noneOf(JobState.class),
          JobState.FAILED, STAGES,
          JobState.CANCELLED,
              EnumSet.of(
                  JobState.WAITING, JobState.SPLITTING, JobState.PROCESSING, JobState.MERGING));

  private static final Map<UnitState, Set<UnitState>> UNITS =
      Map.of(
          UnitState.WAITING, EnumSet.of(UnitState.THROTTLED, UnitState.QUEUED, UnitState.CANCELLED),
          UnitState.THROTTLED, EnumSet.of(UnitState.QUEUED, UnitState.CANCELLED),
          UnitState.QUEUED, EnumSet.of(UnitState.RUNNING, UnitState.CANCELLED),
          UnitState.DELAYED, EnumSet.of(UnitState.QUEUED, UnitState.CANCELLED),
          UnitState.RUNNING,
              EnumSet.of(
                  UnitState.QUEUED,
                  UnitState.DELAYED,
                  UnitState.SUCCEEDED,
                  UnitState.FAILED,
                  UnitState.CANCELLED),
          UnitState.SUCCEEDED, EnumSet.noneOf(UnitState.class),
          UnitState.FAILED, EnumSet.of(UnitState.THROTTLED, UnitState.QUEUED),
          UnitState.CANCELLED,
              EnumSet.of(UnitState.WAITING, UnitState.THROTTLED, UnitState.QUEUED));

  private static final Map<CallbackState, Set<CallbackState>> CALLBACKS =
      Map.of(
          CallbackState.WAITING,
              EnumSet.of(CallbackState.DELIVERED, CallbackState.GIVEN_UP, CallbackState.WITHDRAWN),
          CallbackState.DELIVERED, EnumSet.of(CallbackState.WAITING),
          CallbackState.GIVEN_UP, EnumSet.of(CallbackState.WAITING),
          CallbackState.WITHDRAWN, EnumSet.of(CallbackState.WAITING));

  @ParameterizedTest
  @EnumSource
  void aJobChangesOnlyAlongTheArrows(JobState from) {
    for (JobState to : JobState.values()) {
      if (JOBS.get(from).contains(to)) {
        assertThat(from.changeTo(to, 7)).isEqualTo(to);
      } else {
        assertThatThrownBy(() -> from.changeTo(to, 7))
            .isInstanceOf(IllegalStateChangeException.class)
            .hasMessage("job 7 cannot change from " + from + " to " + to);
      }
    }
    assertThat(from.isComplete()).isNotEqualTo(STAGES.contains(from) || from == JobState.WAITING);
  }

  @ParameterizedTest
  @EnumSource
  void aUnitChangesOnlyAlongTheArrows(UnitState from) {
    for (UnitState to : UnitState.values()) {
      if (UNITS.get(from).contains(to)) {
        assertThat(from.changeTo(to, 7)).isEqualTo(to);
      } else {
        assertThatThrownBy(() -> from.changeTo(to, 7))
            .isInstanceOf(IllegalStateChangeException.class)
            .hasMessage("work unit 7 cannot change from " + from + " to " + to);
      }
    }
    assertThat(from.isComplete())
        .isEqualTo(
            EnumSet.of(UnitState.SUCCEEDED, UnitState.FAILED, UnitState.CANCELLED).contains(from));
  }

  @ParameterizedTest
  @EnumSource
  void aCallbackChangesOnlyAlongTheArrows(CallbackState from) {
    for (CallbackState to : CallbackState.values()) {
      if (CALLBACKS.get(from).contains(to)) {
        assertThat(from.changeTo(to, 7)).isEqualTo(to);
      } else {
        assertThatThrownBy(() -> from.changeTo(to, 7))
            .isInstanceOf(IllegalStateChangeException.class)
            .hasMessage("the callback of job 7 cannot change from " + from + " to " + to);
      }
    }
  }

  @Test
  void theDiagramsShowTheArrows() throws IOException {
    var document = Files.readString(Path.of("../../docs/life-cycle.md"));

    assertThat(document).contains(diagram(JobState.values(), JobState::successors));
    assertThat(document).contains(diagram(UnitState.values(), UnitState::successors));
    assertThat(document).contains(diagram(CallbackState.values(), CallbackState::successors));
  }

  private static <S extends Enum<S>> String diagram(S[] states, Function<S, Set<S>> successors) {
    return Arrays.stream(states)
        .flatMap(from -> successors.apply(from).stream().map(to -> "  " + from + " --> " + to))
        .collect(Collectors.joining("\n", "```mermaid\nstateDiagram-v2\n", "\n```\n"));
  }
}
