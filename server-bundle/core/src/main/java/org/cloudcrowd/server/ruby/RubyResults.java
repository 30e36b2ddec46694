package org.cloudcrowd.server.ruby;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Results;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.transports.RecentSet;
import org.cloudcrowd.server.transports.RubyForms;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.CurrentLease;
import org.cloudcrowd.store.WorkStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the results of Ruby nodes, which name no lease, under the leases of their units. */
final class RubyResults {
  private static final Logger log = LoggerFactory.getLogger(RubyResults.class);

  /** The term of the lease of a late result, which is accepted right after. */
  private static final Duration LATE_TERM = Duration.ofMinutes(1);

  /** How many leases of a unit may end, one after the other, while its result is reported. */
  private static final int MAX_LEASES = 10;

  private final WorkQueries queries;
  private final WorkStore store;
  private final LiveNodes live;
  private final Results results;
  private final UnaryOperator<String> tokens;

  /**
   * The workers whose attempts were given up, and which may still report them: by it a failure of
   * one is told from that of the next attempt, whose worker is not known until its node has
   * answered.
   */
  private final RecentSet<Worker> givenUp = new RecentSet<>();

  /** The worker of an attempt at a unit. */
  private record Worker(long unitId, long pid) {}

  private final ObjectMapper json = WireJson.newMapper();

  RubyResults(
      WorkQueries queries,
      WorkStore store,
      LiveNodes live,
      Results results,
      UnaryOperator<String> tokens) {
    this.queries = queries;
    this.store = store;
    this.live = live;
    this.results = results;
    this.tokens = tokens;
  }

  /** Records that the attempt of a worker was given up; a failure that it reports is rejected. */
  void giveUp(long unitId, long pid) {
    givenUp.add(new Worker(unitId, pid));
  }

  /**
   * Reports a result under the lease of its unit. A lease may end between the look for it and the
   * report, for example when a node answers that it has no room for a later attempt; the result is
   * reported under the next lease then, since the node forgets a result that is rejected.
   *
   * @return whether the result was accepted
   */
  boolean report(RubyResult result) throws InvalidRequestException {
    for (int leases = 0; leases < MAX_LEASES; leases++) {
      var current = leaseFor(result);
      if (current == null) {
        return false;
      }
      if (isAccepted(result, current)) {
        return true;
      }
    }
    return false;
  }

  private CurrentLease leaseFor(RubyResult result) {
    var current = queries.currentLease(result.unitId());
    if (current != null && RubyForms.isForRuby(current.lease()) && !isOfEarlier(result, current)) {
      return current;
    }
    return result.succeeded() ? leaseAgain(result) : null;
  }

  /** Whether the result is of another worker than the one that makes the current attempt. */
  private boolean isOfEarlier(RubyResult result, CurrentLease current) {
    if (result.pid() == 0) {
      return false;
    }
    if (givenUp.contains(new Worker(result.unitId(), result.pid()))) {
      return true;
    }
    var node = live.find(current.node());
    var worker = node == null ? null : node.workerOf(result.unitId());
    return worker != null && worker != result.pid();
  }

  /**
   * Leases the unit again for a success of an attempt that was given up; null if a later attempt
   * has ended before.
   */
  private CurrentLease leaseAgain(RubyResult result) {
    var current =
        store.leaseAgain(result.unitId(), tokens.apply(UUID.randomUUID().toString()), LATE_TERM);
    if (current != null) {
      log.info(
          "Worker {} of Ruby node {} has returned the result of work unit {} after it was queued"
              + " again; it counts",
          result.pid(),
          current.node(),
          result.unitId());
    }
    return current;
  }

  private boolean isAccepted(RubyResult result, CurrentLease current)
      throws InvalidRequestException {
    var node = live.find(current.node());
    var reply =
        results.report(
            new ResultReport(
                current.node(),
                node == null ? 0 : node.capacity(),
                List.of(onOurWire(result, current)),
                null));
    return reply.rejected().isEmpty();
  }

  private ResultReport.Result onOurWire(RubyResult result, CurrentLease current) {
    return new ResultReport.Result(
        current.lease(),
        current.stage(),
        result.succeeded() ? Status.SUCCEEDED : Status.FAILED,
        result.succeeded() ? output(result, current) : null,
        result.succeeded() ? null : FailureReason.FAILED,
        result.succeeded() ? null : result.output().asText(result.output().toString()),
        result.pid(),
        null,
        result.time());
  }

  /** A split that returns something else than a list has one part, as in the original. */
  private JsonNode output(RubyResult result, CurrentLease current) {
    return current.stage() == Stage.SPLIT && !result.output().isArray()
        ? json.createArrayNode().add(result.output())
        : result.output();
  }
}
