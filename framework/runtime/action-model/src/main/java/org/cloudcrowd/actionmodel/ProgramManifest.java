package org.cloudcrowd.actionmodel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * The manifest of a program, {@code action.yaml}.
 *
 * @param name the action's name
 * @param version its OSGi version; 1.0.0 where none is given
 * @param description a sentence for people, or null
 * @param process the program and its arguments for the process stage; what begins with {@code ./}
 *     lies in the program's folder
 * @param split the same for the split stage, or null where it has none
 * @param merge the same for the merge stage, or null where it has none
 * @param options a JSON Schema of the job's options, or null
 * @param requires what a node must have, as "gm >= 1.3", "python3" or "label gpu"; or null
 * @param timeout how long an attempt may take at most, in seconds, or null
 * @param memory how much memory the program and what it starts may take, in MiB, or null
 */
public record ProgramManifest(
    String name,
    String version,
    String description,
    List<String> process,
    List<String> split,
    List<String> merge,
    ObjectNode options,
    List<String> requires,
    Double timeout,
    Integer memory) {
  /** The name of the file in a folder or zip. */
  public static final String FILE = "action.yaml";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final String HERE = "./";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** With a version where none is given. */
  public ProgramManifest {
    version = version == null ? "1.0.0" : version;
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException if it is invalid; the message says why
   */
  public static ProgramManifest read(byte[] yaml) throws IOException {
    ProgramManifest manifest;
    try {
      manifest = YAML.readValue(yaml, ProgramManifest.class);
    } catch (UnrecognizedPropertyException e) {
      throw new IOException(
          "there is no key '"
              + path(e)
              + "'; known are: "
              + e.getKnownPropertyIds().stream()
                  .map(String::valueOf)
                  .sorted()
                  .collect(Collectors.joining(", ")),
          e);
    } catch (MismatchedInputException e) {
      throw new IOException(mismatch(e), e);
    } catch (JsonProcessingException e) {
      throw new IOException("it is no YAML: " + e.getOriginalMessage(), e);
    }
    if (manifest == null) {
      throw new IOException("it is empty");
    }
    manifest.check();
    return manifest;
  }

  private static String mismatch(MismatchedInputException e) {
    if (e.getPath().isEmpty()) {
      return "it must be keys and values, as in 'name: shout'";
    }
    var type = e.getTargetType();
    String wanted;
    if (type == null || type == String.class) {
      wanted = "a text; where it looks like something else, in quotes";
    } else if (List.class.isAssignableFrom(type)) {
      wanted = "a list of texts, the program and its arguments";
    } else if (Number.class.isAssignableFrom(type)) {
      wanted = "a number";
    } else {
      wanted = "keys and values";
    }
    return path(e)
        + " must be "
        + wanted
        + (e instanceof InvalidFormatException bad ? ", and is '" + bad.getValue() + "'" : "");
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private void check() throws IOException {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IOException("name must be 1 to 100 letters, digits, '_', '-' and '.'");
    }
    try {
      Version.parseVersion(version);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "version must be an OSGi version, as 1.2.0, and is '" + version + "'", e);
    }
    if (process == null) {
      throw new IOException("process is missing: the program and its arguments, a list");
    }
    checkOptions();
    if (requires != null) {
      for (String requirement : requires) {
        var unused = ProgramRequirement.of(requirement);
      }
    }
    checkCommand("process", process);
    checkCommand("split", split);
    checkCommand("merge", merge);
    if (timeout != null && !(timeout > 0)) {
      throw new IOException("timeout must be a number of seconds above 0, and is " + timeout);
    }
    if (memory != null && memory < 1) {
      throw new IOException("memory must be a number of MiB from 1, and is " + memory);
    }
  }

  private void checkOptions() throws IOException {
    if (options == null) {
      return;
    }
    try {
      var unused = OptionsSchema.of(options);
    } catch (InvalidSchemaException e) {
      throw new IOException("options are no JSON Schema: " + e.getMessage(), e);
    }
  }

  private static void checkCommand(String key, List<String> command) throws IOException {
    if (command == null) {
      return;
    }
    if (command.isEmpty() || command.get(0) == null || command.get(0).isBlank()) {
      throw new IOException(key + " must begin with a program");
    }
    for (String word : command) {
      if (word == null || word.indexOf('\0') >= 0) {
        throw new IOException(key + " must be a list of texts");
      }
      if (word.startsWith(HERE) && List.of(word.split("/", -1)).contains("..")) {
        throw new IOException(key + " names '" + word + "', which leads out of the folder");
      }
    }
  }

  /** The files of its folder that its stages name, as paths in it. */
  @JsonIgnore
  public List<String> namedFiles() {
    return Stream.of(process, split, merge)
        .filter(command -> command != null)
        .flatMap(List::stream)
        .filter(word -> word.startsWith(HERE))
        .map(word -> word.substring(HERE.length()))
        .distinct()
        .toList();
  }
}
