package org.cloudcrowd.store.jpa.lifecycle;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.jpa.entity.AttemptLogEntity;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.unit.CompletedBatch;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes batches of results, each in one transaction, or in more where the database refuses a
 * result: the attempt of that result fails, and the others are accepted.
 */
public final class CompleteBatches {
  private static final Logger log = LoggerFactory.getLogger(CompleteBatches.class);

  private final Completion completion;
  private CompletedBatch completed = CompletedBatch.NONE;

  /** Completes results in one transaction, and stores what their attempts printed. */
  @FunctionalInterface
  public interface Completion {
    public CompletedBatch complete(Collection<UnitResult> results, Collection<UnitLog> printed);
  }

  public CompleteBatches(Completion completion) {
    this.completion = completion;
  }

  public CompletedBatch complete(Collection<UnitResult> results, Collection<UnitLog> logs) {
    var printed = new HashMap<AttemptLogEntity.Key, UnitLog>();
    logs.forEach(one -> printed.put(new AttemptLogEntity.Key(one.unitId(), one.attempt()), one));
    SplitBatch.store(
        List.copyOf(results), some -> add(some, logsOf(some, printed)), this::completeAlone);
    return completed;
  }

  private static List<UnitLog> logsOf(
      List<UnitResult> results, Map<AttemptLogEntity.Key, UnitLog> printed) {
    return results.stream()
        .map(UnitResult::lease)
        .map(lease -> printed.get(new AttemptLogEntity.Key(lease.unitId(), lease.attempt())))
        .filter(Objects::nonNull)
        .toList();
  }

  private void add(List<UnitResult> results, List<UnitLog> printed) {
    completed = completed.and(completion.complete(results, printed));
  }

  /**
   * Without what its attempt printed, which may be what is refused; else its attempt has failed.
   */
  private void completeAlone(UnitResult result, RuntimeException cause) {
    log.warn("The result of {} cannot be stored: {}", result.lease(), cause.getMessage());
    SplitBatch.store(List.of(result), alone -> add(alone, List.of()), this::failAlone);
  }

  private void failAlone(UnitResult result, RuntimeException cause) {
    UnitResult failed =
        new UnitResult.Unsuccessful(
            result.lease(),
            new Runner(result.runner().worker(), null),
            AttemptOutcome.FAILED,
            "the result of this attempt cannot be stored: " + cause.getMessage());
    SplitBatch.store(List.of(failed), alone -> add(alone, List.of()), this::reject);
  }

  /** Rejects a result that can be stored in no form; its lease expires. */
  private void reject(UnitResult result, RuntimeException cause) {
    log.error("The result of {} can neither be stored nor fail", result.lease(), cause);
    completed =
        completed.and(new CompletedBatch(Set.of(result.lease()), 0, List.of(), 0, List.of()));
  }
}
