package org.cloudcrowd.terminal.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Converters;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.threadio.ThreadIO;
import org.cloudcrowd.shell.CommandCompletion;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Opens sessions of the Felix shell, in which the commands of every bundle can be used. */
@Component(service = Sessions.class)
public final class Sessions {
  private static final String PROFILE = "crowd_profile";

  /**
   * The order of scopes: ours first, so that {@code jobs} are jobs of the cluster, not of the
   * shell.
   */
  private static final String SCOPES = "crowd:gogo:felix:*";

  private static final String[] BUILTIN = {
    "complete",
    "format",
    "getopt",
    "history",
    "keymap",
    "new",
    "set",
    "setopt",
    "tac",
    "type",
    "unsetopt",
    "widget",
    "__files",
    "__directories",
    "__usage_completion"
  };
  private static final String[] PROCEDURAL = {
    "break", "continue", "each", "if", "not", "throw", "try", "until", "while"
  };
  private static final String[] POSIX = {
    "cat", "clear", "date", "echo", "grep", "head", "less", "sleep", "sort", "tail", "watch", "wc"
  };
  private static final String[] SHELL = {"help", "source"};

  private final BundleContext context;
  private final CommandProcessor processor;
  private final Shell shell;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  /** Adds the built-in commands of the shell to the command processor. */
  @Activate
  public Sessions(
      BundleContext context, @Reference CommandProcessor processor, @Reference ThreadIO streams) {
    this.context = context;
    this.processor = processor;
    shell = new Shell(new ShellContext(context), processor, streams, PROFILE);
    var system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    registrations.add(
        context.registerService(
            Converter.class,
            new Converters(system),
            FrameworkUtil.asDictionary(Map.of(CommandProcessor.COMMAND_SCOPE, "gogo"))));
    register(new Builtin(), BUILTIN);
    register(new Procedural(), PROCEDURAL);
    register(new Posix(processor), POSIX);
    register(shell, SHELL);
  }

  private void register(Object commands, String... functions) {
    registrations.add(
        context.registerService(
            Object.class,
            commands,
            FrameworkUtil.asDictionary(
                Map.of(
                    CommandProcessor.COMMAND_SCOPE,
                    "gogo",
                    CommandProcessor.COMMAND_FUNCTION,
                    functions))));
  }

  @Deactivate
  public void close() {
    registrations.forEach(ServiceRegistration::unregister);
  }

  /**
   * Runs a session on a terminal until its user leaves.
   *
   * @param history the file of the history
   */
  public void talk(Terminal terminal, Path history) throws Exception {
    Files.createDirectories(history.toAbsolutePath().getParent());
    try (var session =
        processor.createSession(terminal.input(), terminal.output(), terminal.output())) {
      session.put(Shell.VAR_TERMINAL, terminal);
      session.put(Shell.VAR_SCOPE, SCOPES);
      session.put(LineReader.HISTORY_FILE, history);
      session.put("__completions", completions());
      shell.gosh(session, new String[] {"--login", "--noshutdown", "--nohistory"});
    }
  }

  /** The completions that services with commands declare, as commands of the shell's language. */
  private List<String> completions() throws InvalidSyntaxException {
    ServiceReference<?>[] references =
        context.getAllServiceReferences(null, "(" + CommandCompletion.PROPERTY + "=*)");
    return Stream.ofNullable(references)
        .flatMap(Arrays::stream)
        .flatMap(
            reference -> {
              var scope = reference.getProperty(CommandProcessor.COMMAND_SCOPE) + ":";
              return Arrays.stream((String[]) reference.getProperty(CommandCompletion.PROPERTY))
                  .map(line -> line.split("=", 2))
                  .map(pair -> "complete -c " + scope + pair[0] + " -a '" + scope + pair[1] + "'");
            })
        .toList();
  }

  /**
   * Runs one line.
   *
   * @return 0 where it succeeded, else 1, with a message on {@code err}
   */
  public int run(String line, InputStream in, OutputStream out, OutputStream err)
      throws IOException {
    try (var session = processor.createSession(in, out, err)) {
      session.put(Shell.VAR_SCOPE, SCOPES);
      session.put(Shell.VAR_CONTEXT, shell.getContext());
      session.put(Shell.VAR_PROCESSOR, processor);
      session.put(Shell.VAR_SESSION, session);
      return run(line, session, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** A command of any bundle may throw any exception; its user gets the message. */
  private static int run(String line, CommandSession session, OutputStream err) throws IOException {
    try {
      var result = session.execute(line);
      if (result != null) {
        session.getConsole().println(session.format(result, Converter.INSPECT));
      }
      session.getConsole().flush();
      return 0;
    } catch (Exception e) {
      var message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
      err.write((message + "\n").getBytes(StandardCharsets.UTF_8));
      return 1;
    }
  }

  /** The properties of the framework that the shell needs. */
  private record ShellContext(BundleContext context) implements Shell.Context {
    @Override
    public String getProperty(String name) {
      return name.equals("gosh.home")
          ? context.getProperty("org.cloudcrowd.configuration")
          : context.getProperty(name);
    }

    @Override
    public void exit() throws Exception {
      context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
    }
  }
}
