package org.cloudcrowd.server.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.JobSelection;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.shell.CommandCompletion;
import org.cloudcrowd.shell.CommandRefusedException;
import org.cloudcrowd.shell.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for jobs. */
@Component(service = JobShellCommands.class)
@GogoCommand(
    scope = "crowd",
    function = {"jobs", "job", "submit", "cancel", "retry", "delete", "__jobs"})
@CommandCompletion(
    completion = {
      "job=__jobs",
      "cancel=__jobs",
      "retry=__jobs",
      "delete=__jobs",
      "submit=__actions"
    })
public final class JobShellCommands {
  private static final String LIMIT = "20";
  private static final int OFFERED = 50;

  private final Jobs jobs;
  private final ObjectMapper json = WireJson.newMapper();

  @Activate
  public JobShellCommands(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  /** The newest jobs. */
  @Descriptor("lists the newest jobs")
  public Table jobs(
      @Descriptor("how many at most, up to 1000")
          @Parameter(
              names = {"-n", "--limit"},
              absentValue = LIMIT)
          int limit,
      @Descriptor("only those of this status, as failed")
          @Parameter(
              names = {"-s", "--status"},
              absentValue = "")
          String status,
      @Descriptor("only those of this action")
          @Parameter(
              names = {"-a", "--action"},
              absentValue = "")
          String action) {
    var table = new Table("id", "action", "status", "done", "units", "seconds");
    Answers.asked(
            () ->
                jobs.list(
                    new JobSelection(status(status), action.isEmpty() ? null : action, Map.of()),
                    limit,
                    null))
        .jobs()
        .forEach(
            job ->
                table.row(
                    job.id(),
                    job.action(),
                    job.word(),
                    job.percentComplete() + "%",
                    job.workUnits(),
                    job.timeTaken()));
    return table;
  }

  private static Status status(String name) {
    if (name.isEmpty()) {
      return null;
    }
    try {
      return Status.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CommandRefusedException(
          "status must be one of "
              + String.join(", ", Arrays.stream(Status.values()).map(Status::word).toList()));
    }
  }

  /** A job with its outputs and failures. */
  @Descriptor("shows a job with its outputs and failures")
  public String job(@Descriptor("the job's id") long id) {
    return shown(Answers.found(jobs.find(id, FileLinks.CONFIGURED), id));
  }

  private static String shown(JobView job) {
    var lines = new ArrayList<String>();
    lines.add(
        "job "
            + job.id()
            + ": "
            + job.action()
            + ", "
            + job.word()
            + ", "
            + job.percentComplete()
            + "% of "
            + job.workUnits()
            + " work unit(s), "
            + job.timeTaken()
            + " s");
    if (job.failures() != null) {
      var failures = new Table("unit", "stage", "attempts", "input", "message");
      job.failures()
          .forEach(
              failure ->
                  failures.row(
                      failure.workUnitId(),
                      failure.stage().word(),
                      failure.attempts(),
                      failure.input(),
                      failure.message()));
      lines.add(failures.toString());
    }
    if (job.outputs() != null) {
      job.outputs().forEach(output -> lines.add(output.toString()));
    }
    return String.join("\n", lines);
  }

  /** Submits a job. */
  @Descriptor("submits a job; each input is a text, a URL, or JSON")
  public String submit(
      @Descriptor("the job's options, a JSON object")
          @Parameter(
              names = {"-o", "--options"},
              absentValue = "")
          String options,
      @Descriptor("the action to run") String action,
      @Descriptor("one work unit is made of each") String... inputs) {
    var request =
        JobRequest.of(action, Arrays.stream(inputs).map(this::value).toList(), object(options));
    return shown(Answers.asked(() -> jobs.submit(request, null)));
  }

  /** A text that is no JSON is itself. */
  private JsonNode value(String text) {
    try {
      var node = json.readTree(text);
      return node == null || node.isMissingNode() ? TextNode.valueOf(text) : node;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(text);
    }
  }

  private ObjectNode object(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (value(text) instanceof ObjectNode object) {
      return object;
    }
    throw new CommandRefusedException("the options must be a JSON object, as in '{\"a\": 1}'");
  }

  /** Cancels a job. */
  @Descriptor("ends a job: what waits is not run, and what runs is ended")
  public String cancel(@Descriptor("the job's id") long id) {
    return shown(Answers.found(Answers.asked(() -> jobs.cancel(id)), id));
  }

  /** Runs a job's failed units again. */
  @Descriptor("runs the work units of a job again that failed or were cancelled")
  public String retry(@Descriptor("the job's id") long id) {
    return shown(Answers.found(Answers.asked(() -> jobs.retry(id)), id));
  }

  /** Removes a job. */
  @Descriptor("removes a job, its work units and its files")
  public String delete(@Descriptor("the job's id") long id) {
    if (!jobs.delete(id)) {
      throw Answers.noSuchJob(id);
    }
    return "job " + id + " is deleted";
  }

  /** The ids of the newest jobs, for the completion of a line. */
  public List<String> __jobs() {
    return Answers.asked(() -> jobs.list(JobSelection.ALL, OFFERED, null)).jobs().stream()
        .map(job -> Long.toString(job.id()))
        .toList();
  }
}
