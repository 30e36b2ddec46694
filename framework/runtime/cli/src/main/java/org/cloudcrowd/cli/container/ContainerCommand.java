package org.cloudcrowd.cli.container;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cloudcrowd.launcher.container.Container;
import org.cloudcrowd.launcher.container.Layout;
import org.cloudcrowd.launcher.container.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs a container, in the foreground until it is stopped, or in the background. */
public abstract class ContainerCommand implements Callable<Integer> {
  /** How often a running container is checked for failed parts. */
  private static final long LATER_LOOK_SECONDS = 5;

  private static final long STOP_SECONDS = 90;

  @Spec private CommandSpec command;
  @ParentCommand private ConfigurationOption crowd;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The address to listen at (127.0.0.1).")
  private String host;

  @Option(
      names = "--shell",
      description = "Opens the shell on this terminal; leaving it stops the container.")
  private boolean shell;

  @Option(
      names = "--ssh-port",
      paramLabel = "PORT",
      description = "Opens the shell over SSH, for crowd shell; 0 takes a free port.")
  private Integer sshPort;

  @Mixin private LayoutOptions layout;

  @Parameters(
      paramLabel = "start|stop|restart",
      arity = "0..1",
      defaultValue = "start",
      description = "What is to be done (start).")
  private Verb verb;

  @Option(
      names = {"-d", "--daemonize"},
      description = "Starts it in the background, and returns when it is ready.")
  private boolean daemonize;

  @Option(
      names = "--pid-file",
      paramLabel = "FILE",
      description = "Where the process's id stands while it runs (in the data folder).")
  private Path pidFile;

  /** The verbs of a container. */
  private enum Verb {
    START,
    STOP,
    RESTART
  }

  private final Role role;

  private ContainerCommand(Role role) {
    this.role = role;
  }

  /** A server and a node. */
  @Command(
      name = "up",
      description = "Runs a server and a node, in one container.",
      mixinStandardHelpOptions = true)
  public static final class Up extends ContainerCommand {
    @Mixin private ServerFlags server;
    @Mixin private NodeFlags node;

    Up() {
      super(Role.UP);
    }

    @Override
    void configure(CommandLineOverrides overrides) {
      server.configure(overrides);
      node.configure(overrides);
      // The server in the same container, whatever its port.
      overrides.set("org.cloudcrowd.node", "server", "");
    }
  }

  /** A server. */
  @Command(name = "server", description = "Runs a server alone.", mixinStandardHelpOptions = true)
  public static final class Server extends ContainerCommand {
    @Mixin private ServerFlags server;

    Server() {
      super(Role.SERVER);
    }

    @Override
    void configure(CommandLineOverrides overrides) {
      server.configure(overrides);
    }
  }

  /** A node. */
  @Command(name = "node", description = "Runs a node alone.", mixinStandardHelpOptions = true)
  public static final class Node extends ContainerCommand {
    @Mixin private NodeFlags node;

    @Option(names = "--server", paramLabel = "URL", description = "The server to report to.")
    private String url;

    Node() {
      super(Role.NODE);
    }

    @Override
    void configure(CommandLineOverrides overrides) {
      node.configure(overrides);
      overrides.set("org.cloudcrowd.node", "server", url);
    }
  }

  /** The overrides of {@code etc/}. */
  abstract void configure(CommandLineOverrides overrides);

  @Override
  public final Integer call() throws Exception {
    var places = layout.layout(crowd.configuration());
    var process =
        new PidFile(pidFile == null ? places.data().resolve("crowd-" + name() + ".pid") : pidFile);
    if (Background.isHere()) {
      return run(places, process);
    }
    if (verb != Verb.START && !stop(process)) {
      return 1;
    }
    if (verb == Verb.STOP) {
      return 0;
    }
    if (daemonize) {
      var arguments = command.root().commandLine().getParseResult().originalArgs();
      var output = places.data().resolve("log").resolve("crowd-" + name() + ".out");
      print(command.commandLine().getOut(), new Background(output).start(arguments));
      return 0;
    }
    return run(places, process);
  }

  private String name() {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Stops the container; succeeds also where it does not run. */
  private boolean stop(PidFile pid) throws IOException, InterruptedException {
    var running = pid.process();
    if (running.isEmpty()) {
      print(command.commandLine().getOut(), "crowd " + name() + " is not running");
      return true;
    }
    var process = running.get();
    process.destroy();
    try {
      process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      print(
          "process "
              + process.pid()
              + " has not stopped within "
              + STOP_SECONDS
              + " s; it may wait for work units that run, as drain_seconds says");
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    print(command.commandLine().getOut(), "crowd " + name() + " is stopped");
    return true;
  }

  private int run(Layout places, PidFile pid) throws Exception {
    var overrides = new CommandLineOverrides(command.commandLine(), host);
    configure(overrides);
    overrides.setPort("org.cloudcrowd.shell", "ssh_port", sshPort);
    // A fault is one line of this command, which is written around the muted stream. Messages of
    // bundles that are stopped during their start do not help on the terminal; the log has them.
    command.commandLine().getErr().flush();
    var container =
        new Container(role, places, overrides.all(), MutedOutput.overStandardError()::mute);
    pid.write();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(container, pid), "stop"));
    new StartReport(container, this::print).awaitReady();
    container.onLaterFault(this::print);
    print(command.commandLine().getOut(), "ready: " + container.url());
    if (shell) {
      container.talk();
    } else {
      while (!container.awaitStop(LATER_LOOK_SECONDS, TimeUnit.SECONDS)) {
        container.newFailures().forEach(this::print);
      }
    }
    return 0;
  }

  private void print(String line) {
    print(command.commandLine().getErr(), "crowd: " + line);
  }

  private static void print(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }

  private static void stop(Container container, PidFile pid) {
    try {
      container.close();
      pid.remove();
    } catch (Exception e) {
      System.err.println("crowd: the container did not stop cleanly: " + e);
    }
  }
}
