package org.cloudcrowd.launcher.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Posts a job, and waits for it where that is wished. */
@Command(
    name = "submit",
    description = "Posts a job. With --wait, ends with 0 if it succeeded and with 1 if it failed.",
    mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  private static final long FIRST_LOOK_MILLIS = 10;
  private static final long LOOK_EVERY_MILLIS = 250;
  private static final int PERCENT = 100;

  private final ObjectMapper mapper = WireJson.newMapper();

  @Spec private CommandSpec command;
  @Mixin private ServerOption server;

  @Parameters(index = "0", paramLabel = "ACTION", description = "The action to run.")
  private String action;

  @Parameters(
      index = "1..*",
      paramLabel = "INPUT",
      arity = "1..*",
      description = "Files, which become file: URLs; other URLs; or texts.")
  private List<String> inputs;

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description = "An option of the job; a value that is JSON is taken as such.")
  private Map<String, String> options = Map.of();

  @Option(names = "--options", paramLabel = "JSON", description = "The job's options, an object.")
  private String optionsJson;

  @Option(
      names = "--versions",
      paramLabel = "RANGE",
      description = "Which versions of the action may run it, as '[1.2,2)'; without, any.")
  private String versions;

  @Option(names = "--wait", description = "Waits until the job is complete.")
  private boolean wait;

  @Option(names = "--json", description = "Prints the job's JSON and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var client = server.client();
    var request =
        JobRequest.builder(action, inputs.stream().map(this::input).toList())
            .version(versions)
            .options(options())
            .build();
    var job = client.submit(request);
    if (wait) {
      job = await(client, job);
    }
    var printer = new JobPrinter(command.commandLine().getOut());
    if (json) {
      printer.json(job);
    } else {
      printer.text(job);
    }
    return wait && job.status() != Status.SUCCEEDED ? 1 : 0;
  }

  /** What looks like a path must be a file; everything else is what it is. */
  private JsonNode input(String text) {
    if (URL.matcher(text).matches()) {
      return TextNode.valueOf(text);
    }
    Path file;
    try {
      file = Path.of(text);
    } catch (InvalidPathException e) {
      return TextNode.valueOf(text);
    }
    if (Files.exists(file)) {
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new ParameterException(
            command.commandLine(), "the input " + text + " is no file that can be read");
      }
      return TextNode.valueOf(file.toAbsolutePath().normalize().toUri().toString());
    }
    if (text.contains("/")) {
      throw new ParameterException(command.commandLine(), "there is no file " + text);
    }
    return TextNode.valueOf(text);
  }

  private ObjectNode options() {
    var all = mapper.createObjectNode();
    if (optionsJson != null) {
      try {
        if (!(mapper.readTree(optionsJson) instanceof ObjectNode object)) {
          throw new ParameterException(command.commandLine(), "--options must be a JSON object");
        }
        all.setAll(object);
      } catch (JsonProcessingException e) {
        throw new ParameterException(
            command.commandLine(), "--options is no JSON: " + e.getOriginalMessage(), e);
      }
    }
    options.forEach((key, value) -> all.set(key, jsonOrText(value)));
    return all;
  }

  private JsonNode jsonOrText(String value) {
    try {
      var parsed = mapper.readTree(value);
      return parsed.isMissingNode() ? TextNode.valueOf(value) : parsed;
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(value);
    }
  }

  private JobView await(CrowdClient client, JobView submitted)
      throws IOException, InterruptedException {
    if (json || !Help.Ansi.AUTO.enabled()) {
      return await(client, submitted, percent -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("job " + submitted.id())
            .setInitialMax(PERCENT)
            .setUpdateIntervalMillis((int) LOOK_EVERY_MILLIS)
            .build()) {
      return await(client, submitted, bar::stepTo);
    }
  }

  /** Looks often at first, since many jobs take no time to speak of. */
  private static JobView await(
      CrowdClient client, JobView submitted, java.util.function.LongConsumer progress)
      throws IOException, InterruptedException {
    var job = submitted;
    for (long pause = FIRST_LOOK_MILLIS;
        !job.status().isComplete();
        pause = Math.min(2 * pause, LOOK_EVERY_MILLIS)) {
      TimeUnit.MILLISECONDS.sleep(pause);
      job = client.job(job.id());
      progress.accept(job.percentComplete());
    }
    return job;
  }
}
