package org.cloudcrowd.node.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudcrowd.protocol.unit.UnitOrder;

/**
 * The description of a unit that a program gets: a JSON object on its standard input, and
 * environment variables.
 *
 * @param input the stage's input
 * @param options the job's options
 * @param stage {@code split}, {@code process} or {@code merge}
 * @param jobId the job
 * @param workUnitId the work unit
 * @param attempt which attempt at it this is, from 1
 * @param correlationId by what its job is found in logs, or null
 * @param inputPath the file of the downloaded input, or null where the input is not a URL
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
   * The longest text in the environment; longer ones are left out: Linux takes 128 KiB for one
   * (execve(2), {@code MAX_ARG_STRLEN}), and 2 MiB for all.
   */
  private static final int MAX_VARIABLE = 100_000;

  static ProgramOrder of(UnitOrder unit, Path inputPath) {
    return new ProgramOrder(
        unit.input(),
        unit.options(),
        unit.stage().name().toLowerCase(Locale.ROOT),
        unit.jobId(),
        unit.lease().unitId(),
        unit.lease().attempt(),
        unit.correlationId(),
        inputPath == null ? null : inputPath.toString(),
        inputPath == null ? null : baseName(inputPath.getFileName().toString()));
  }

  private static String baseName(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  byte[] json(ObjectMapper mapper) throws IOException {
    return (mapper.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The environment of the program: that of this process, without the variables of the node, which
   * may be secret, and with those of this description.
   *
   * <p>Its temporary files go into the directory of the attempt; its home is that of the node,
   * where programs may have software installed.
   *
   * @param mark identifies the processes of this attempt
   * @param scratch the folder for its temporary files
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
