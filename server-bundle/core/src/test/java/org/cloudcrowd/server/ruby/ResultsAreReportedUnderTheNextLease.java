package org.cloudcrowd.server.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.CurrentLease;
import org.cloudcrowd.store.WorkStore;
import org.junit.jupiter.api.Test;

class ResultsAreReportedUnderTheNextLease {
  private static final long UNIT = 7;
  private static final long WORKER = 70_001;

  /** The leases that the unit has, one after the other. */
  private final List<CurrentLease> current = new ArrayList<>();

  private final List<CurrentLease> again = new ArrayList<>();
  private final List<Integer> reported = new ArrayList<>();
  private int acceptedAttempt;

  private final RubyResults results =
      new RubyResults(
          stub(WorkQueries.class, current),
          stub(WorkStore.class, again),
          new LiveNodes(),
          report -> {
            int attempt = report.results().get(0).lease().attempt();
            reported.add(attempt);
            return new ReportReply(attempt == acceptedAttempt ? List.of() : List.of(UNIT));
          },
          random -> "ruby-" + random);

  private <T> T stub(Class<T> type, List<CurrentLease> leases) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> leases.isEmpty() ? null : leases.remove(0)));
  }

  private static CurrentLease lease(int attempt) {
    return new CurrentLease(
        new Lease(UNIT, attempt, "ruby-" + attempt), "a:1", Stage.PROCESS, Instant.EPOCH);
  }

  private boolean report(boolean succeeded) throws Exception {
    return report(WORKER, succeeded);
  }

  private boolean report(long worker, boolean succeeded) throws Exception {
    return results.report(new RubyResult(UNIT, worker, 1, succeeded, IntNode.valueOf(7)));
  }

  @Test
  void aSuccessWhoseLeaseEndedMeanwhileIsReportedUnderOneOfItsOwn() throws Exception {
    current.add(lease(2));
    again.add(lease(3));
    acceptedAttempt = 3;

    assertThat(report(true)).isTrue();
    assertThat(reported).containsExactly(2, 3);
  }

  @Test
  void aSuccessOfAUnitThatHasEndedIsRejected() throws Exception {
    current.add(lease(2));
    acceptedAttempt = 0;

    assertThat(report(true)).isFalse();
    assertThat(reported).containsExactly(2);
  }

  @Test
  void aFailureWhoseLeaseEndedMeanwhileIsRejected() throws Exception {
    current.add(lease(2));
    again.add(lease(3));
    acceptedAttempt = 3;

    assertThat(report(false)).isFalse();
    assertThat(reported).containsExactly(2);
  }

  @Test
  void aFailureOfAWorkerThatWasGivenUpIsLeftToTheLaterOne() throws Exception {
    results.giveUp(UNIT, WORKER);
    current.add(lease(2));
    acceptedAttempt = 2;

    assertThat(report(false)).isFalse();
    assertThat(reported).isEmpty();
  }

  @Test
  void aSuccessOfAWorkerThatWasGivenUpCounts() throws Exception {
    results.giveUp(UNIT, WORKER);
    current.add(lease(2));
    again.add(lease(3));
    acceptedAttempt = 3;

    assertThat(report(true)).isTrue();
    assertThat(reported).containsExactly(3);
  }

  @Test
  void aWorkerThatIsNotNamedIsThatOfTheCurrentAttempt() throws Exception {
    results.giveUp(UNIT, 0);
    current.add(lease(2));
    acceptedAttempt = 2;

    assertThat(report(0, false)).isTrue();
    assertThat(reported).containsExactly(2);
  }
}
