package org.cloudcrowd.node.workers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.cloudcrowd.node.actions.InstalledAction;
import org.osgi.framework.BundleContext;

/**
 * The command that starts a worker: the JVM and launcher of this container, in the role of a
 * worker.
 *
 * @param line the program and its arguments; they name the action, so that lists of processes show
 *     it
 * @param directory the directory of the worker's container
 */
record WorkerCommand(CommandLine line, Path directory) {
  /** Framework property: the class path of the launcher. */
  static final String CLASS_PATH = "org.cloudcrowd.worker.classpath";

  /** Framework property: the main class of the launcher in the role of a worker. */
  static final String MAIN_CLASS = "org.cloudcrowd.worker.main";

  /** Framework property: the files of the bundles of every worker, joined as a class path is. */
  static final String BUNDLES = "org.cloudcrowd.worker.bundles";

  /** The file in a worker's directory that lists its bundles. */
  private static final String BUNDLE_LIST = "bundles";

  static final class Factory {
    private final String classPath;
    private final String mainClass;
    private final Set<Path> bundles;
    private final WiredBundles wired;
    private final int memoryMegabytes;

    Factory(BundleContext context, Path copies, int memoryMegabytes) {
      classPath = required(context, CLASS_PATH);
      mainClass = required(context, MAIN_CLASS);
      bundles = new LinkedHashSet<>();
      Arrays.stream(required(context, BUNDLES).split(File.pathSeparator))
          .map(Path::of)
          .forEach(bundles::add);
      wired = new WiredBundles(bundles, copies);
      this.memoryMegabytes = memoryMegabytes;
    }

    private static String required(BundleContext context, String property) {
      var value = context.getProperty(property);
      if (value == null) {
        throw new IllegalStateException("the launcher has not set " + property);
      }
      return value;
    }

    WorkerCommand of(InstalledAction action, Path directory) throws IOException {
      Files.createDirectories(directory);
      var all =
          Stream.concat(bundles.stream(), wired.of(action.bundle()).stream()).map(Path::toString);
      Files.write(directory.resolve(BUNDLE_LIST), all.toList());
      var line = new CommandLine(Path.of(System.getProperty("java.home"), "bin", "java").toFile());
      arguments(action, Files.createDirectories(directory.resolve("tmp")))
          .forEach(argument -> line.addArgument(argument, false));
      return new WorkerCommand(line, directory);
    }

    /**
     * The options of a small JVM: one compiler and one garbage collector thread. Messages of the
     * JVM go to standard error, since standard output is the protocol.
     */
    private List<String> arguments(InstalledAction action, Path temporary) {
      return List.of(
          "-Xmx" + memoryMegabytes + "m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:+DisplayVMOutputToStderr",
          "-Djdk.lang.Process.launchMechanism=VFORK",
          "-Dfile.encoding=UTF-8",
          "-Djava.io.tmpdir=" + temporary,
          "-cp",
          classPath,
          mainClass,
          action.name());
    }
  }
}
