package org.cloudcrowd.action.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.json.JavaValues;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.WorkerOrder;
import org.cloudcrowd.worker.StageRunner;
import org.cloudcrowd.worker.WorkerEnvironment;

/**
 * Runs the stages of an action as a worker runs them: inputs and outputs become JSON and back, an
 * input that is a {@code file:} URL is copied into the attempt's work directory, what the action
 * saves is kept until the tester is closed, and what it throws fails the attempt.
 *
 * <pre>{@code
 * try (var tester = new ActionTester(new Shout())) {
 *   assertEquals("HELLO!", tester.option("mark", "!").process("hello"));
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class ActionTester implements AutoCloseable {
  private static final long JOB = 1;
  private static final String CORRELATION_ID = "test";
  private static final int ATTEMPT = 1;

  /** Those that a node has where nothing is configured. */
  private static final ToolLimits LIMITS = new ToolLimits(10, 4096, 4096);

  private final ObjectMapper json = WireJson.newMapper();
  private final Action action;
  private final Path directory;
  private final StageRunner stages;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private long units;

  /**
   * Makes a tester, with a temporary folder of its own.
   *
   * @throws IOException if there is no room for it
   */
  public ActionTester(Action action) throws IOException {
    this.action = action;
    directory = Files.createTempDirectory("action-tester");
    stages =
        new StageRunner(
            action,
            new WorkerEnvironment(
                directory.resolve("work"),
                null,
                LIMITS,
                new FileInputs(),
                new SavedFiles(saved())::save));
  }

  /** Gives the job an option, a value of JSON in Java's types. */
  public ActionTester option(String name, Object value) {
    options.put(name, value);
    return this;
  }

  /**
   * Runs the process stage.
   *
   * @param input a value of JSON in Java's types, or a {@link Path} for its {@code file:} URL
   * @return the output, in Java's types
   * @throws ActionFailure if the attempt fails; the message is what its job would tell
   */
  public Object process(Object input) {
    return run(Stage.PROCESS, input);
  }

  /**
   * Runs the split stage.
   *
   * @return the inputs that it makes of one
   * @throws ActionFailure if the attempt fails
   */
  public List<?> split(Object input) {
    return (List<?>) run(Stage.SPLIT, input);
  }

  /**
   * Runs the merge stage.
   *
   * @throws ActionFailure if the attempt fails
   */
  public Object merge(List<?> outputs) {
    return run(Stage.MERGE, outputs);
  }

  /**
   * Runs a whole job, stage by stage.
   *
   * @return the job's outputs: what its process stages returned in the order of the inputs, or the
   *     merge's output alone
   * @throws ActionFailure if an attempt fails
   */
  public List<?> job(List<?> inputs) {
    var parts = new ArrayList<Object>();
    for (Object input : inputs) {
      if (action instanceof SplitStage) {
        parts.addAll(split(input));
      } else {
        parts.add(input);
      }
    }
    var outputs = new ArrayList<Object>();
    parts.forEach(part -> outputs.add(process(part)));
    return action instanceof MergeStage ? List.of(merge(outputs)) : outputs;
  }

  /** The folder below which lies what the action has saved. */
  public Path saved() {
    return directory.resolve("saved");
  }

  private Object run(Stage stage, Object input) {
    units++;
    var answer =
        stages.run(
            new WorkerOrder(
                new UnitOrder(
                    new Lease(units, ATTEMPT, null),
                    JOB,
                    "tested",
                    null,
                    stage,
                    asJson(input),
                    json.valueToTree(options),
                    CORRELATION_ID,
                    null),
                ServerExposure.LOOPBACK.name()));
    if (answer.failure() != null) {
      throw new ActionFailure(answer.failure());
    }
    return JavaValues.of(answer.output());
  }

  private JsonNode asJson(Object input) {
    return json.valueToTree(input instanceof Path file ? file.toUri().toString() : input);
  }

  /** Removes what the action has saved. */
  @Override
  public void close() throws IOException {
    PathUtils.deleteDirectory(directory);
  }
}
