package org.cloudcrowd.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.Locale;
import org.cloudcrowd.protocol.job.JobList;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitList;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.json.WireJson;

/** Prints jobs for people and for programs. */
public final class JobPrinter {
  private static final String ROW = "%8s  %-20s %-11s %5s %8s %9s%n";

  private static final int MAX_INPUT = 200;

  private final ObjectMapper json = WireJson.newMapper();
  private final PrintWriter out;

  public JobPrinter(PrintWriter out) {
    this.out = out;
  }

  public void json(Object record) throws JsonProcessingException {
    out.println(json.writeValueAsString(record));
    out.flush();
  }

  public void text(JobView job) {
    out.printf(
        Locale.ROOT,
        "job %d: %s %s, %d%% of %d work unit(s), %.1f s%n",
        job.id(),
        job.action(),
        job.word(),
        job.percentComplete(),
        job.workUnits(),
        job.timeTaken());
    if (job.message() != null) {
      out.println(job.message());
    }
    if (job.failures() != null) {
      for (JobView.Failure failure : job.failures()) {
        out.printf(
            Locale.ROOT,
            "work unit %d failed after %d attempt(s) at %s: %s%n",
            failure.workUnitId(),
            failure.attempts(),
            failure.input(),
            failure.message());
      }
    }
    if (job.status() == Status.SUCCEEDED) {
      job.outputs().forEach(output -> out.println(shown(output)));
    }
    out.flush();
  }

  /** A line for each unit: its id, status, output or message, and input. */
  void units(UnitList list) {
    for (UnitView unit : list.units()) {
      var result = unit.output() == null ? unit.message() : shown(unit.output());
      out.printf(
          Locale.ROOT,
          "%8d  %-10s  %s  %s%n",
          unit.id(),
          unit.word(),
          result == null ? "-" : result.lines().findFirst().orElse(""),
          shortened(shown(unit.input())));
    }
    out.flush();
  }

  private static String shortened(String input) {
    return input.length() <= MAX_INPUT ? input : input.substring(0, MAX_INPUT) + "…";
  }

  void table(JobList list) {
    out.printf(Locale.ROOT, ROW, "JOB", "ACTION", "STATUS", "DONE", "UNITS", "SECONDS");
    for (JobView job : list.jobs()) {
      out.printf(
          Locale.ROOT,
          ROW,
          job.id(),
          job.action(),
          job.word(),
          job.percentComplete() + "%",
          job.workUnits(),
          String.format(Locale.ROOT, "%.1f", job.timeTaken()));
    }
    out.flush();
  }

  private static String shown(JsonNode output) {
    return output.isTextual() ? output.textValue() : output.toString();
  }
}
