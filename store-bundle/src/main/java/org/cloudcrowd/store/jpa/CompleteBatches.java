package org.cloudcrowd.store.jpa;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cloudcrowd.store.AttemptOutcome;
import org.cloudcrowd.store.Completion;
import org.cloudcrowd.store.Runner;
import org.cloudcrowd.store.UnitLogs.UnitLog;
import org.cloudcrowd.store.UnitResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts batches of results, each in one transaction, or in some more where the database refuses
 * one: that attempt has failed, and the results beside it count.
 */
final class CompleteBatches {
  private static final Logger log = LoggerFactory.getLogger(CompleteBatches.class);

  private final Count count;
  private Completion completion = Completion.NONE;

  /** Counts results in a transaction, and keeps what their attempts printed. */
  @FunctionalInterface
  interface Count {
    Completion count(Collection<UnitResult> results, Collection<UnitLog> printed);
  }

  CompleteBatches(Count count) {
    this.count = count;
  }

  Completion complete(Collection<UnitResult> results, Collection<UnitLog> logs) {
    var printed = new HashMap<AttemptLogKey, UnitLog>();
    logs.forEach(one -> printed.put(new AttemptLogKey(one.unitId(), one.attempt()), one));
    SplitBatch.store(
        List.copyOf(results), some -> add(some, logsOf(some, printed)), this::completeAlone);
    return completion;
  }

  private static List<UnitLog> logsOf(
      List<UnitResult> results, Map<AttemptLogKey, UnitLog> printed) {
    return results.stream()
        .map(UnitResult::lease)
        .map(lease -> printed.get(new AttemptLogKey(lease.unitId(), lease.attempt())))
        .filter(Objects::nonNull)
        .toList();
  }

  private void add(List<UnitResult> results, List<UnitLog> printed) {
    completion = completion.and(count.count(results, printed));
  }

  /** Without what it printed, which may be what is refused; then as a failure in its place. */
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
    SplitBatch.store(List.of(failed), alone -> add(alone, List.of()), this::refuse);
  }

  /** Its lease ends by itself. */
  private void refuse(UnitResult result, RuntimeException cause) {
    log.error("The result of {} can neither be stored nor fail", result.lease(), cause);
    completion = completion.and(new Completion(Set.of(result.lease()), 0, List.of(), 0, List.of()));
  }
}
