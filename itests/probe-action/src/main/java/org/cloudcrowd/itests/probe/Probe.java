package org.cloudcrowd.itests.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.TimeZone;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.action.SplitStage;
import org.osgi.service.component.annotations.Component;

/**
 * Splits its input, a list, and processes each element, a map: it writes a line into {@code
 * ledger}, prints {@code print} and a number of {@code lines}, fills {@code fill} MiB of its work
 * directory, keeps {@code keep} as a file, takes {@code pause} milliseconds, starts a process that
 * starts another and writes that one's id into {@code spawn}, waits until the file {@code await}
 * exists, fails where the file {@code need} does not, takes more memory than there is for {@code
 * allocate}, runs the program {@code run}, sends itself {@code signal}, fails with {@code fail}
 * (only where its work lies below {@code fail_in}, if that is given), ends its process with {@code
 * exit}, throws the error {@code throw}, changes its JVM for the next unit where {@code disturb} is
 * true, returns what it finds changed for {@code state}, saves {@code save} as a file, and returns
 * {@code value}. It merges to the list of all values.
 */
@Component
@ActionName("probe")
@RequiresTool(value = "wc", version = "1.2")
@RequiresTool("cat")
@ActionDescription("Does as its input says.")
public final class Probe implements Action, SplitStage, MergeStage {
  private static final long LOOK_EVERY_MILLIS = 10;

  @Override
  public List<?> split(ActionContext context) {
    return (List<?>) context.input();
  }

  @Override
  public Object process(ActionContext context) throws Exception {
    var orders = (Map<?, ?>) context.input();
    if (orders.get("ledger") instanceof String ledger) {
      write(ledger, context);
    }
    if (orders.get("spawn") instanceof String file) {
      new ProcessBuilder("sh", "-c", "sleep 1000 & echo $! > " + file + "; wait").start();
    }
    if (orders.get("print") instanceof String text) {
      System.out.print(text);
    }
    if ("correlation".equals(orders.get("tell"))) {
      System.out.println(context.correlationId());
    }
    if (orders.get("lines") instanceof Number lines) {
      for (int line = 1; line <= lines.intValue(); line++) {
        System.out.println("line " + line);
      }
    }
    if (orders.get("fill") instanceof Number megabytes) {
      for (int file = 0; file < megabytes.intValue(); file++) {
        Files.write(context.workDirectory().resolve("fill" + file), new byte[1 << 20]);
      }
    }
    if (orders.get("keep") instanceof String text) {
      context.save(Files.writeString(context.workDirectory().resolve("kept.txt"), text));
    }
    if (orders.get("pause") instanceof Number millis) {
      Thread.sleep(millis.longValue());
    }
    if (orders.get("await") instanceof String file) {
      while (!Files.exists(Path.of(file))) {
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
    if (orders.get("need") instanceof String file && !Files.exists(Path.of(file))) {
      throw new ActionFailure("there is no " + file);
    }
    if (orders.get("allocate") instanceof Boolean) {
      return new long[Integer.MAX_VALUE / 2].length;
    }
    if (orders.get("run") instanceof List<?> command) {
      context.run(command.stream().map(String::valueOf).toArray(String[]::new));
    }
    if (orders.get("signal") instanceof String signal) {
      context.run("kill", "-" + signal, Long.toString(ProcessHandle.current().pid()));
    }
    boolean failsHere =
        !(orders.get("fail_in") instanceof String folder)
            || context.workDirectory().startsWith(Path.of(folder));
    if (failsHere && orders.get("fail") instanceof String message) {
      throw new ActionFailure(message);
    }
    if (orders.get("exit") instanceof Number code) {
      System.err.println("last words");
      Runtime.getRuntime().halt(code.intValue());
    }
    if (orders.get("throw") instanceof String name) {
      throw error(name);
    }
    if (orders.get("disturb") instanceof Boolean) {
      disturb();
    }
    if (orders.get("state") instanceof Boolean) {
      return state();
    }
    if (orders.get("save") instanceof String text) {
      var file = Files.writeString(context.workDirectory().resolve("saved.txt"), text);
      return context.save(file);
    }
    return orders.get("value");
  }

  private static Error error(String name) {
    return switch (name) {
      case "Error" -> new Error("odd");
      case "StackOverflowError" -> new StackOverflowError("odd");
      case "LinkageError" -> new LinkageError("odd");
      case "ServiceConfigurationError" -> new ServiceConfigurationError("odd");
      case "ThreadDeath" -> new ThreadDeath();
      default -> new OutOfMemoryError("odd");
    };
  }

  /** Leaves behind what would harm the next unit of this worker. */
  private static void disturb() {
    Thread.currentThread().interrupt();
    Thread.currentThread().setContextClassLoader(null);
    Locale.setDefault(Locale.forLanguageTag("tr"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    System.setProperty("probe.disturbed", "yes");
    System.clearProperty("java.io.tmpdir");
    System.out.close();
    System.err.close();
  }

  private static String state() {
    System.out.println("heard");
    return Thread.currentThread().isInterrupted()
        + " "
        + (Thread.currentThread().getContextClassLoader() == null)
        + " "
        + Locale.getDefault().getLanguage()
        + " "
        + TimeZone.getDefault().getID().equals("Asia/Tokyo")
        + " "
        + System.getProperty("probe.disturbed")
        + " "
        + (System.getProperty("java.io.tmpdir") == null);
  }

  /** One line, in one write: unit, attempt, process id. */
  private static void write(String ledger, ActionContext context) throws IOException {
    Files.writeString(
        Path.of(ledger),
        context.workUnitId() + " " + context.attempt() + " " + ProcessHandle.current().pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public Object merge(ActionContext context, List<?> outputs) {
    return outputs;
  }
}
