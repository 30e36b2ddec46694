package org.cloudcrowd.server.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.assets.AssetLinks;
import org.cloudcrowd.server.callbacks.Receiver;
import org.cloudcrowd.server.config.JobStates;
import org.cloudcrowd.store.WorkQueries.JobDetails;
import org.cloudcrowd.store.WorkQueries.Unit;
import org.cloudcrowd.store.WorkQueries.UnitEnd;
import org.cloudcrowd.store.WorkQueries.UnitFailure;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.JobProgress;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.state.UnitState;
import org.cloudcrowd.store.unit.Attempt;

/** Makes the views of jobs and units that clients get. */
final class JobViews {
  private static final double MILLIS_PER_SECOND = 1000.0;
  private static final int MAX_SHOWN_INPUT = 200;

  /** The percentage while merging, whose duration is not known. */
  private static final int MERGING_PERCENT = 99;

  private final AssetLinks assets;
  private final ObjectMapper json;
  private final Clock clock;

  JobViews(AssetLinks assets, ObjectMapper json, Clock clock) {
    this.assets = assets;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The job without its outputs and failures.
   *
   * @param begun whether any of its units was sent to a node
   */
  JobView brief(Job job, boolean begun) {
    return view(job, null, null, begun);
  }

  /** The same for a Ruby client. */
  JobView briefForRuby(Job job, boolean begun) {
    var progress = job.progress();
    return brief(job, begun)
        .forRuby(
            progress.units() - progress.succeeded() - progress.failed() - progress.cancelled());
  }

  /** A unit as the original shows it in {@code GET /worker}. */
  RubyUnit rubyUnit(Unit unit, Job job) {
    return new RubyUnit(
        unit.id(),
        unit.jobId(),
        RubyUnit.input(parse(unit.input())),
        unit.attempts(),
        job.action(),
        parse(job.options()),
        Status.of(unit.stage()).code());
  }

  /** The job with its outputs and failures. */
  JobView whole(JobDetails details, FileLinks links) {
    var job = details.job();
    List<JsonNode> outputs =
        details.outputs() == null
            ? null
            : details.outputs().stream().map(end -> output(end, job.createdAt(), links)).toList();
    return view(
        job,
        outputs,
        job.progress().failed() == 0
            ? null
            : details.failures().stream().map(JobViews::failure).toList(),
        details.begun());
  }

  private JobView view(
      Job job, List<JsonNode> outputs, List<JobView.Failure> failures, boolean begun) {
    var end = job.finishedAt() == null ? clock.instant() : job.finishedAt();
    return new JobView(
        job.id(),
        job.action(),
        job.versionRange() == null ? null : job.versionRange().toString(),
        color(job.id()),
        JobStates.status(job.progress().state()),
        percentComplete(job.progress()),
        job.progress().units(),
        job.progress().units(),
        job.createdAt().toString(),
        Math.max(0, Duration.between(job.createdAt(), end).toMillis()) / MILLIS_PER_SECOND,
        outputs,
        failures,
        job.email(),
        job.callback() == null ? null : Receiver.of(job.callback().url()).url().toString(),
        job.prerequisites().notBefore() == null ? null : job.prerequisites().notBefore().toString(),
        job.prerequisites().after().isEmpty() ? null : job.prerequisites().after(),
        job.labels().isEmpty() ? null : job.labels(),
        job.correlationId(),
        job.message(),
        begun);
  }

  /**
   * A unit.
   *
   * @param attempts those that have ended, or null to leave them out
   */
  UnitView unit(Unit unit, List<Attempt> attempts, FileLinks links) {
    var status =
        switch (unit.state()) {
          case WAITING -> Status.WAITING;
          case THROTTLED, QUEUED, DELAYED, RUNNING -> Status.of(unit.stage());
          case SUCCEEDED -> Status.SUCCEEDED;
          case FAILED -> Status.FAILED;
          case CANCELLED -> Status.CANCELLED;
        };
    return new UnitView(
        unit.id(),
        unit.jobId(),
        status,
        unit.state().name().toLowerCase(Locale.ROOT),
        parse(unit.input()),
        unit.attempts(),
        unit.output() == null ? null : assets.renew(parse(unit.output()), Instant.EPOCH, links),
        // Failures before a success are in the history only.
        unit.state() == UnitState.SUCCEEDED ? null : unit.message(),
        unit.node(),
        attempts == null ? null : attempts.stream().map(JobViews::attempt).toList());
  }

  private static UnitView.AttemptView attempt(Attempt attempt) {
    return new UnitView.AttemptView(
        attempt.number(),
        attempt.node(),
        attempt.runner().worker() == 0 ? null : attempt.runner().worker(),
        attempt.runner().version(),
        attempt.startedAt().toString(),
        attempt.endedAt().toString(),
        attempt.outcome().name().toLowerCase(Locale.ROOT),
        attempt.message());
  }

  private JsonNode output(UnitEnd end, Instant since, FileLinks links) {
    return end.message() == null
        ? assets.renew(parse(end.output()), since, links)
        : TextNode.valueOf(end.message());
  }

  private static JobView.Failure failure(UnitFailure failure) {
    var input = failure.input();
    return new JobView.Failure(
        failure.unitId(),
        Status.of(failure.stage()),
        input.length() <= MAX_SHOWN_INPUT ? input : input.substring(0, MAX_SHOWN_INPUT) + "…",
        failure.attempts(),
        failure.message());
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Neighbouring ids get colours far apart: Fibonacci hashing, D. Knuth, TAOCP volume 3, 6.4. */
  private static String color(long id) {
    return String.format(Locale.ROOT, "%06x", (id * 0x9E3779B97F4A7C15L) >>> 40);
  }

  private static int percentComplete(JobProgress progress) {
    if (progress.state().isComplete() && progress.state() != JobState.CANCELLED) {
      return 100;
    }
    if (progress.state() == JobState.MERGING) {
      return MERGING_PERCENT;
    }
    long done = progress.succeeded() + progress.failed();
    return progress.units() == 0 ? 0 : (int) (100 * done / progress.units());
  }
}
