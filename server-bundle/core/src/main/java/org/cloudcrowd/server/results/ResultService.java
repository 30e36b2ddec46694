package org.cloudcrowd.server.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Results;
import org.cloudcrowd.server.callbacks.CallbackSender;
import org.cloudcrowd.server.dispatch.Dispatcher;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.nodes.NodeQuarantine;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.state.AttemptOutcome;
import org.cloudcrowd.store.unit.CompletedBatch;
import org.cloudcrowd.store.unit.Runner;
import org.cloudcrowd.store.unit.UnitResult;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts or rejects the results that nodes report. */
@Component
public final class ResultService implements Results {
  private static final Logger log = LoggerFactory.getLogger(ResultService.class);

  private static final int MAX_VERSION = 200;

  private final WorkStore store;
  private final LiveNodes nodes;
  private final NodeQuarantine quarantine;
  private final Dispatcher dispatcher;
  private final CallbackSender callbacks;

  @Activate
  public ResultService(
      @Reference WorkStore store,
      @Reference LiveNodes nodes,
      @Reference NodeQuarantine quarantine,
      @Reference Dispatcher dispatcher,
      @Reference CallbackSender callbacks) {
    this.store = store;
    this.nodes = nodes;
    this.quarantine = quarantine;
    this.dispatcher = dispatcher;
    this.callbacks = callbacks;
  }

  @Override
  public ReportReply report(ResultReport report) throws InvalidRequestException {
    if (report.node() == null || report.results() == null) {
      throw new InvalidRequestException("", "a report names its node and has a list of results");
    }
    var results = new ArrayList<UnitResult>();
    for (int i = 0; i < report.results().size(); i++) {
      results.add(result(report.results().get(i), "/results/" + i));
    }
    var completion = store.complete(results, ReportedLogs.of(report.logs()));
    nodes.reported(
        report.node(), results.stream().map(r -> r.lease().unitId()).toList(), report.capacity());
    updateQuarantine(report.node(), results, completion);
    completion
        .rejected()
        .forEach(lease -> log.info("The result of {} is rejected: its lease has ended", lease));
    completion.finishedJobs().forEach(job -> log.info("Job {} is complete", job));
    if (completion.callbacks() > 0) {
      callbacks.wake();
    }
    dispatcher.madeRoom();
    return new ReportReply(completion.rejected().stream().map(Lease::unitId).toList());
  }

  /** What was accepted stays accepted, whatever fails here. */
  private void updateQuarantine(String node, List<UnitResult> results, CompletedBatch completion) {
    try {
      if (results.stream().anyMatch(result -> !(result instanceof UnitResult.Unsuccessful))) {
        quarantine.succeededOn(node);
      }
      quarantine.refuted(completion.refuted());
    } catch (RuntimeException e) {
      log.error("It is not known whether results of node {} tell of a fault of it", node, e);
    }
  }

  private static UnitResult result(ResultReport.Result result, String pointer)
      throws InvalidRequestException {
    if (result == null || result.lease() == null || result.lease().token() == null) {
      throw new InvalidRequestException(pointer + "/lease", "a result names its lease");
    }
    if (result.stage() == null) {
      throw new InvalidRequestException(pointer + "/stage", "a result names its stage");
    }
    var lease = result.lease();
    var runner = new Runner(result.worker(), isVersion(result.version()) ? result.version() : null);
    if (result.status() == Status.FAILED) {
      return new UnitResult.Unsuccessful(
          lease,
          runner,
          outcome(result.reason()),
          result.message() == null ? "" : result.message());
    }
    if (result.status() != Status.SUCCEEDED) {
      throw new InvalidRequestException(
          pointer + "/status", "the status of a result is succeeded or failed");
    }
    if (result.stage() == Stage.SPLIT) {
      return result.output() != null && result.output().isArray()
          ? new UnitResult.Split(lease, runner, elements(result.output()))
          : new UnitResult.Unsuccessful(
              lease, runner, AttemptOutcome.FAILED, "the split stage returned no list");
    }
    return new UnitResult.Succeeded(
        lease, runner, result.output() == null ? "null" : result.output().toString());
  }

  /**
   * Whether a version fits its column; one that does not is left out, so that the result is
   * accepted.
   */
  private static boolean isVersion(String text) {
    return text != null && text.length() <= MAX_VERSION;
  }

  private static AttemptOutcome outcome(FailureReason reason) {
    return switch (reason == null ? FailureReason.FAILED : reason) {
      case FAILED -> AttemptOutcome.FAILED;
      case WORKER_DIED -> AttemptOutcome.WORKER_DIED;
      case TIMED_OUT -> AttemptOutcome.TIMED_OUT;
      case OUT_OF_MEMORY -> AttemptOutcome.OUT_OF_MEMORY;
      case HANDED_BACK -> AttemptOutcome.HANDED_BACK;
    };
  }

  private static List<String> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::toString).toList();
  }
}
