package org.cloudcrowd.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cloudcrowd.cli.client.ActionsCommand;
import org.cloudcrowd.cli.client.BlacklistCommand;
import org.cloudcrowd.cli.client.BundlesCommand;
import org.cloudcrowd.cli.client.CallbackCommand;
import org.cloudcrowd.cli.client.ChangeCommand;
import org.cloudcrowd.cli.client.CleanupCommand;
import org.cloudcrowd.cli.client.DeployCommand;
import org.cloudcrowd.cli.client.EventsCommand;
import org.cloudcrowd.cli.client.JobCommand;
import org.cloudcrowd.cli.client.JobsCommand;
import org.cloudcrowd.cli.client.LogCommand;
import org.cloudcrowd.cli.client.NodeChanges;
import org.cloudcrowd.cli.client.NodesCommand;
import org.cloudcrowd.cli.client.ScheduleCommand;
import org.cloudcrowd.cli.client.SubmitCommand;
import org.cloudcrowd.cli.client.TopCommand;
import org.cloudcrowd.cli.client.UndeployCommand;
import org.cloudcrowd.cli.client.UnitCommand;
import org.cloudcrowd.cli.client.WhyCommand;
import org.cloudcrowd.cli.container.ConfigurationOption;
import org.cloudcrowd.cli.container.ContainerCommand;
import org.cloudcrowd.cli.container.InstallCommand;
import org.cloudcrowd.cli.container.RunCommand;
import org.cloudcrowd.cli.container.ShellCommand;
import org.cloudcrowd.launcher.container.StartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command {@code crowd}. */
@Command(
    name = "crowd",
    description = "Runs expensive work in parallel.",
    mixinStandardHelpOptions = true,
    versionProvider = Crowd.ReleaseVersion.class,
    subcommands = {
      InstallCommand.class,
      ContainerCommand.Up.class,
      ContainerCommand.Server.class,
      ContainerCommand.Node.class,
      SubmitCommand.class,
      RunCommand.class,
      JobCommand.class,
      JobsCommand.class,
      UnitCommand.class,
      ChangeCommand.Cancel.class,
      ChangeCommand.Retry.class,
      ChangeCommand.Delete.class,
      WhyCommand.class,
      TopCommand.class,
      EventsCommand.class,
      LogCommand.class,
      CallbackCommand.class,
      CleanupCommand.class,
      NodesCommand.class,
      NodeChanges.Drain.class,
      NodeChanges.Resize.class,
      NodeChanges.Resume.class,
      ActionsCommand.class,
      BlacklistCommand.class,
      ScheduleCommand.class,
      DeployCommand.class,
      UndeployCommand.class,
      BundlesCommand.class,
      ShellCommand.class,
      CompletionCommand.class
    },
    footer = {"", "A first job:", "  crowd up &", "  crowd submit word_count README.md --wait"})
public final class Crowd implements ConfigurationOption {
  private static final int FAILED = 1;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The configuration folder (default: this one, where it has etc/; else crowd's own).")
  private Path configuration;

  private Crowd() {}

  /** Runs a command and exits with its code: 0 succeeded, 1 failed, 2 wrong usage. */
  public static void main(String[] arguments) {
    // The output is for programs too, and English. Derby creates no database where the locale has
    // no language.
    Locale.setDefault(Locale.ENGLISH);
    if (!isUtf8()) {
      System.err.println(
          "crowd: file names and tools are not UTF-8 here, since there is no locale C.UTF-8; name"
              + " one that is installed, as in CROWD_LOCALE=en_US.UTF-8 crowd");
      System.exit(FAILED);
    }
    System.exit(commandLine().execute(arguments));
  }

  private static boolean isUtf8() {
    return Stream.of("file.encoding", "sun.jnu.encoding")
        .map(System::getProperty)
        .allMatch(StandardCharsets.UTF_8.name()::equalsIgnoreCase);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Crowd())
        .registerConverter(int.class, text -> number(text, Integer::valueOf, "a whole number"))
        .registerConverter(Integer.class, text -> number(text, Integer::valueOf, "a whole number"))
        .registerConverter(long.class, text -> number(text, Long::valueOf, "a whole number"))
        .registerConverter(Long.class, text -> number(text, Long::valueOf, "a whole number"))
        .registerConverter(Double.class, text -> number(text, Double::valueOf, "a number"))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Crowd::explain);
  }

  private static <T> T number(String text, Function<String, T> reader, String kind) {
    try {
      return reader.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not " + kind);
    }
  }

  /**
   * Prints a fault of the user or the environment in one line; any other is a defect, with its
   * stack trace.
   */
  private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof IOException || e instanceof StartException) {
      command.getErr().println("crowd: " + e.getMessage());
      command.getErr().flush();
      return FAILED;
    }
    throw e;
  }

  @Override
  public Path configuration() {
    return configuration;
  }

  /** The version of the distribution, from its jar. */
  static final class ReleaseVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Crowd.class.getPackage().getImplementationVersion();
      return new String[] {"crowd " + (version == null ? "(unreleased)" : version)};
    }
  }
}
