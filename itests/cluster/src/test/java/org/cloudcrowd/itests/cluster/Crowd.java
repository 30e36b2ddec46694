package org.cloudcrowd.itests.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The unpacked zip, a configuration folder of the test's own with the probe action in it, and the
 * processes that the test starts, which end with it. Tests of a class that has one instance for all
 * of them share all that.
 */
public final class Crowd
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final long COMMAND_SECONDS = 120;

  /** Containers that live for seconds gain nothing from the second compiler. */
  static final String TIER = "1";

  private final List<Running> running = new ArrayList<>();

  private final Map<String, String> environment = new HashMap<>(Map.of("CROWD_TIER", TIER));

  private final List<String> actions;
  private List<String> around = List.of();
  private boolean shared;
  private Path home;
  private Path folder;

  /**
   * With the probe action, and these of those that ship.
   *
   * @param actions parts of the names of their files
   */
  public Crowd(String... actions) {
    this.actions = List.of(actions);
  }

  /**
   * How a command ended.
   *
   * @param exitCode its exit code
   * @param out what it wrote to standard output
   * @param err what it wrote to standard error
   */
  record Ended(int exitCode, String out, String err) {
    List<String> faults() {
      return faultsIn(err);
    }
  }

  /** The faults that were told, without what a slow machine waited for before it found them. */
  private static List<String> faultsIn(String err) {
    return err.lines().filter(line -> !line.startsWith("crowd: still starting: ")).toList();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    shared = true;
    open();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    if (!shared) {
      open();
    }
  }

  /** Makes a configuration folder, outside of a test. */
  public void open() throws Exception {
    home = Home.UNPACKED.folder();
    environment.putIfAbsent("CROWD_JAVA_OPTIONS", Home.UNPACKED.options());
    folder = Files.createTempDirectory("cloudcrowd-test");
    var mutant = System.getProperty("mutant");
    if (mutant != null) {
      agent("mutant=" + mutant);
    }
    Home.UNPACKED.install(conf());
    // A container keeps a worker warm for each action, which costs each start a second of a
    // processor.
    for (Path shipped : shipped("")) {
      Files.delete(conf().resolve("actions").resolve(shipped.getFileName()));
    }
    for (String action : actions) {
      ship(action);
    }
    configure("org.cloudcrowd.inputs.cfg", "file_roots", "/");
    Files.copy(
        Path.of(System.getProperty("probe.bundle")),
        conf().resolve("actions/probe.jar"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Path> shipped(String action) throws IOException {
    try (var files = Files.list(home.resolve("actions"))) {
      return files.filter(file -> file.getFileName().toString().contains(action)).toList();
    }
  }

  /** Puts an action that ships, and that most tests do not need, where it belongs. */
  void ship(String action) throws IOException {
    for (Path shipped : shipped(action)) {
      Files.copy(shipped, conf().resolve("actions").resolve(shipped.getFileName()));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Kills what runs. */
  public void close() {
    running.forEach(Running::kill);
  }

  /** Stops what runs beside this, and waits until it has. */
  void stopAllBut(Running kept) throws InterruptedException {
    var others = running.stream().filter(one -> one != kept).toList();
    others.forEach(Running::terminate);
    for (Running other : others) {
      if (!other.awaitExit(COMMAND_SECONDS)) {
        throw new IllegalStateException("process " + other.pid() + " does not stop");
      }
    }
    running.retainAll(List.of(kept));
  }

  /**
   * Starts each container and its workers with the fault agent from now on.
   *
   * @param arguments what it is to do
   */
  void agent(String arguments) {
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-javaagent:" + Path.of(System.getProperty("fault.agent")) + "=" + arguments);
  }

  /** Starts each container with a variable more from now on. */
  public void environment(String name, String value) {
    environment.put(name, value);
  }

  /** Has each container be started from now on by a program that is given its command line. */
  void around(List<String> program) {
    around = program;
  }

  /** The unpacked zip. */
  Path home() {
    return home;
  }

  /** A folder of the test's own. */
  public Path folder() {
    return folder;
  }

  /** The configuration folder. */
  public Path conf() {
    return folder.resolve("conf");
  }

  /**
   * Sets a key of a file in {@code etc/}. Containers that run on this configuration read it some
   * seconds later.
   */
  public void configure(String file, String key, String value) throws IOException {
    configure(conf(), file, key, value);
  }

  private static void configure(Path configuration, String file, String key, String value)
      throws IOException {
    var path = configuration.resolve("etc").resolve(file);
    var lines = Files.readAllLines(path);
    if (lines.stream().noneMatch(line -> line.startsWith(key + " ="))) {
      throw new IOException(file + " has no key " + key);
    }
    lines.replaceAll(line -> line.startsWith(key + " =") ? key + " = " + value : line);
    Files.write(path, lines);
  }

  /** Runs a command to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    var out = Files.createTempFile("crowd", ".out");
    var err = Files.createTempFile("crowd", ".err");
    var builder =
        new ProcessBuilder(command(arguments))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    // A command is not what a test breaks.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    var process = builder.start();
    if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", arguments) + " did not end: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Starts a container with this test's configuration, and waits until it is ready. */
  public Running start(String... arguments) throws IOException {
    return ready(launch(arguments));
  }

  private static Running ready(Running container) throws IOException {
    var line = container.process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null || !line.startsWith("ready: ")) {
      throw new IOException("not ready: " + line + "\n" + container.errors());
    }
    container.url = URI.create(line.substring("ready: ".length()));
    return container;
  }

  /** Starts a container with this test's configuration; whether it becomes ready is open. */
  Running launch(String... arguments) throws IOException {
    return launch(conf(), arguments);
  }

  private Running launch(Path configuration, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("-c", configuration.toString()));
    all.addAll(Arrays.asList(arguments));
    var err = Files.createTempFile(folder, "container", ".err");
    var line = new ArrayList<>(around);
    line.addAll(command(all.toArray(String[]::new)));
    var builder = new ProcessBuilder(line).redirectError(err.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    var container = new Running(process, err);
    running.add(container);
    return container;
  }

  /** The command line of a command of the unpacked zip. */
  String commandLine(String... arguments) {
    return String.join(" ", command(arguments));
  }

  /** A node of two workers on a free port, with a data folder of this name. */
  public Running node(String name, Running server, String... more) throws IOException {
    return node(name, List.of(server), more);
  }

  /** As above, with a list of servers to go to. */
  public Running node(String name, List<Running> servers, String... more) throws IOException {
    return start(nodeArguments(name, servers, more));
  }

  /**
   * A node that has a configuration folder of its own, with the same files but for one key of
   * {@code org.cloudcrowd.node.cfg}.
   */
  Running nodeWith(String key, String value, String name, Running server) throws IOException {
    var configuration = folder.resolve(name + "-conf");
    copy(conf(), configuration);
    configure(configuration, "org.cloudcrowd.node.cfg", key, value);
    return ready(launch(configuration, nodeArguments(name, List.of(server))));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private String[] nodeArguments(String name, List<Running> servers, String... more) {
    var urls = servers.stream().map(server -> server.url().toString()).toList();
    var arguments =
        new ArrayList<>(
            List.of(
                "node",
                "--node-port",
                "0",
                "--server",
                String.join(",", urls),
                "--max-workers",
                "2",
                "--data",
                folder.resolve(name).toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments.toArray(String[]::new);
  }

  /** A server and a node on free ports. */
  public Running up(String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("up", "-p", "0", "--node-port", "0"));
    arguments.addAll(Arrays.asList(more));
    return start(arguments.toArray(String[]::new));
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(home.resolve("bin/crowd").toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** A container that runs. */
  public static final class Running {
    private final Process process;
    private final Path err;
    private URI url;

    private Running(Process process, Path err) {
      this.process = process;
      this.err = err;
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /** What it has written to standard error. */
    String errors() throws IOException {
      return Files.readString(err);
    }

    List<String> faults() throws IOException {
      return faultsIn(errors());
    }

    public URI url() {
      return url;
    }

    public long pid() {
      return process.pid();
    }

    public CrowdClient client() {
      return new CrowdClient(url);
    }

    /** Its worker processes. */
    public List<ProcessHandle> workers() {
      return process.children().filter(child -> commandLine(child).contains("WorkerMain")).toList();
    }

    static String commandLine(ProcessHandle process) {
      return process.info().arguments().map(all -> String.join(" ", all)).orElse("");
    }

    /** As {@code kill -9}: nothing is said to anybody. */
    public void kill() {
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** As {@code kill -TERM}; says whether it ended within ten seconds. */
    public boolean stop() throws InterruptedException {
      terminate();
      return awaitExit(10);
    }

    /** As {@code kill -TERM}. */
    public void terminate() {
      process.destroy();
    }

    boolean awaitExit(long seconds) throws InterruptedException {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Sends a signal. */
    public void signal(String name) {
      signal(process.toHandle(), name);
    }

    static void signal(ProcessHandle process, String name) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
