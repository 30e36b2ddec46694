package org.cloudcrowd.node.capabilities;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;
import org.osgi.framework.Version;

/**
 * Finds programs on a path and their versions. A program is asked for its version again only when
 * its file has changed. For one thread.
 */
final class Tools {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The options by which programs print their version; the first that works is used. */
  private static final List<String> QUESTIONS = List.of("--version", "version", "-version", "-v");

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])v?(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?");

  private final List<Path> path;
  private final Map<String, Told> told = new HashMap<>();

  private record Told(Path file, FileTime modified, Version version) {}

  Tools(String path) {
    this.path =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .toList();
  }

  /** The version of a tool, 0.0.0 where it prints none; empty where it is not on the path. */
  Optional<Version> version(String name) {
    var file =
        path.stream()
            .map(folder -> folder.resolve(name))
            .filter(one -> Files.isRegularFile(one) && Files.isExecutable(one))
            .findFirst();
    if (file.isEmpty()) {
      told.remove(name);
    }
    return file.map(one -> version(name, one));
  }

  private Version version(String name, Path file) {
    var modified = modified(file);
    var before = told.get(name);
    if (before != null && before.file().equals(file) && before.modified().equals(modified)) {
      return before.version();
    }
    var now = asked(file);
    told.put(name, new Told(file, modified, now));
    return now;
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static Version asked(Path tool) {
    return QUESTIONS.stream()
        .map(question -> answer(tool, question))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Version.emptyVersion);
  }

  /** A program that does not know the option may print anything; its exit code tells. */
  private static Optional<Version> answer(Path tool, String question) {
    var output = new ByteArrayOutputStream();
    var executor =
        DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(output)).get();
    executor.setWatchdog(ExecuteWatchdog.builder().setTimeout(PATIENCE).get());
    try {
      executor.execute(new CommandLine(tool.toFile()).addArgument(question));
    } catch (IOException e) {
      return Optional.empty();
    }
    var text = output.toString(StandardCharsets.UTF_8);
    var number = NUMBER.matcher(text);
    return number.find()
        ? Optional.of(
            new Version(part(number.group(1)), part(number.group(2)), part(number.group(3))))
        : Optional.empty();
  }

  private static int part(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
