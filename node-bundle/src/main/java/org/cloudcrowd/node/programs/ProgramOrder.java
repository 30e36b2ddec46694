package org.cloudcrowd.node.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.Status;

/**
 * What a program is told of its unit: one JSON object on its standard input, and the same in its
 * environment.
 *
 * @param input the stage's input
 * @param options the job's options
 * @param stage {@code split}, {@code process} or {@code merge}
 * @param jobId the job
 * @param workUnitId the work unit
 * @param attempt which attempt at it this is, from 1
 * @param correlationId by what its job is found in logs, or null
 * @param inputPath where the input lies that was fetched, or null where it is no URL
 * @param fileName its base name without its extension, or null
 */
record ProgramOrder(
    JsonNode input,
    JsonNode options,
    String stage,
    long jobId,
    long workUnitId,
    int attempt,
    String correlationId,
    String inputPath,
    String fileName) {
  private static final List<String> SCRATCH =
      List.of("TMPDIR", "TMP", "TEMP", "MAGICK_TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR");

  private static final String OURS = "CROWD_";

  /**
   * A longer text is left out of the environment: Linux takes 128 KiB for one (execve(2), {@code
   * MAX_ARG_STRLEN}), and 2 MiB for all.
   */
  private static final int MAX_VARIABLE = 100_000;

  static ProgramOrder of(Dispatch.Unit unit, Path inputPath) {
    return new ProgramOrder(
        unit.input(),
        unit.options(),
        stage(unit.stage()),
        unit.jobId(),
        unit.lease().workUnitId(),
        unit.lease().attempt(),
        unit.correlationId(),
        inputPath == null ? null : inputPath.toString(),
        inputPath == null ? null : baseName(inputPath.getFileName().toString()));
  }

  private static String stage(Status stage) {
    return switch (stage) {
      case SPLITTING -> "split";
      case PROCESSING -> "process";
      case MERGING -> "merge";
      case WAITING, SUCCEEDED, FAILED, CANCELLED ->
          throw new IllegalArgumentException("no stage: " + stage);
    };
  }

  private static String baseName(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  byte[] json(ObjectMapper mapper) throws IOException {
    return (mapper.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The environment of the program: this process's, without what is ours, which may be secret, and
   * with what this order says.
   *
   * <p>What it keeps for a while lies in the directory of the attempt; its home is that of the
   * node, since programs have what they need installed there.
   *
   * @param mark makes the processes of this attempt known, whoever started them
   * @param scratch the folder for what it keeps for a while
   */
  Map<String, String> environment(Map<String, String> around, String mark, Path scratch) {
    var environment = new HashMap<>(around);
    environment.keySet().removeIf(name -> name.startsWith(OURS));
    put(environment, "INPUT", input.isTextual() ? input.textValue() : input.toString());
    put(environment, "OPTIONS", options == null ? "{}" : options.toString());
    put(environment, "STAGE", stage);
    put(environment, "JOB_ID", Long.toString(jobId));
    put(environment, "WORK_UNIT_ID", Long.toString(workUnitId));
    put(environment, "ATTEMPT", Integer.toString(attempt));
    put(environment, "CORRELATION_ID", correlationId);
    put(environment, "INPUT_PATH", inputPath);
    put(environment, "FILE_NAME", fileName);
    environment.put(OrphanProcesses.VARIABLE, mark);
    SCRATCH.forEach(name -> environment.put(name, scratch.toString()));
    return environment;
  }

  private static void put(Map<String, String> environment, String name, String value) {
    if (value != null
        && value.length() <= MAX_VARIABLE
        && value.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      environment.put(OURS + name, value);
    }
  }
}
