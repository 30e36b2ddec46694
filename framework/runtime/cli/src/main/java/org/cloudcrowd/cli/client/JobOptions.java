package org.cloudcrowd.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that submits a job. */
public final class JobOptions {
  /** An input with the suffix of a file name is taken for one. */
  private static final Pattern FILE_NAME = Pattern.compile("[^\\s]+\\.[A-Za-z][A-Za-z0-9]{0,7}");

  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private final ObjectMapper mapper = WireJson.newMapper();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  @Option(
      names = "--after",
      paramLabel = "ID",
      description =
          "A job that must have succeeded before; may be given more than once. Without an INPUT,"
              + " their outputs are the inputs.")
  private List<Long> after;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "The time before which it does not begin, as 2027-01-31T06:00:00Z.")
  private String notBefore;

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      description = "The smaller goes first, from -1000 to 1000; 0 where it is not given.")
  private Integer priority;

  @Option(
      names = "--literal",
      description = "Inputs are texts as they stand; none is taken for a file.")
  private boolean literal;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "A label to find it by; may be given more than once.")
  private Map<String, String> labels;

  /** Whether it needs no inputs of its own. */
  boolean takesOutputs() {
    return after != null;
  }

  public JobRequest request(String action, List<String> inputs) {
    return JobRequest.builder(
            action,
            inputs.isEmpty() && takesOutputs() ? null : inputs.stream().map(this::input).toList())
        .version(versions)
        .options(options())
        .after(after)
        .notBefore(notBefore)
        .priority(priority)
        .labels(labels)
        .build();
  }

  /** The job of a file, with additional inputs and options. */
  ObjectNode addTo(Path file, List<String> more) throws IOException {
    ObjectNode whole;
    try {
      whole = (ObjectNode) mapper.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new ParameterException(command.commandLine(), "there is no file " + file, e);
    } catch (JsonProcessingException e) {
      throw new ParameterException(
          command.commandLine(), file + " is no JSON: " + JsonFaults.sentence(e), e);
    } catch (ClassCastException e) {
      throw new ParameterException(command.commandLine(), file + " must be a JSON object", e);
    }
    try {
      more.forEach(text -> whole.withArrayProperty("inputs").add(input(text)));
      var given = options();
      if (!given.isEmpty()) {
        whole.withObjectProperty("options").setAll(given);
      }
    } catch (UnsupportedOperationException e) {
      throw new ParameterException(
          command.commandLine(), file + ": inputs must be a list, and options an object", e);
    }
    if (versions != null) {
      whole.put("version", versions);
    }
    if (after != null) {
      whole.set("after", mapper.valueToTree(after));
    }
    if (notBefore != null) {
      whole.put("not_before", notBefore);
    }
    if (priority != null) {
      whole.put("priority", priority);
    }
    if (labels != null) {
      labels.forEach(whole.withObjectProperty("labels")::put);
    }
    return whole;
  }

  /**
   * Makes a {@code file:} URL of an input that is a file, refuses one that only looks like the name
   * of a file, and takes any other as it stands.
   */
  private JsonNode input(String text) {
    if (literal) {
      return TextNode.valueOf(text);
    }
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
    if (text.contains("/") || FILE_NAME.matcher(text).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "there is no file " + text + "; with --literal, inputs are texts as they stand");
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
            command.commandLine(), "--options is no JSON: " + JsonFaults.sentence(e), e);
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
}
