package org.cloudcrowd.node.programs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.FetchPlace;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.assets.InputSource;
import org.cloudcrowd.node.NodeDirectories;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.processes.AttemptFailure;
import org.cloudcrowd.node.processes.MemoryLimit;
import org.cloudcrowd.node.processes.RunningUnit;
import org.cloudcrowd.node.processes.UnitLog;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.json.JavaValues;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.FailureReason;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs units of program actions, each in a process and a work directory of its own. */
@Component(service = ProgramRunner.class)
public final class ProgramRunner {
  private static final Logger log = LoggerFactory.getLogger(ProgramRunner.class);
  private static final int WATCH_EVERY_MILLIS = 500;
  private static final int LOOK_FOR_ORPHANS_EVERY_SECONDS = 2;
  private static final String SAVE = "save";
  private static final String SCRATCH = ".scratch";
  private static final String HERE = "./";

  private final AssetStore assets;
  private final InputFetcher fetcher;
  private final NodeDirectories directories;
  private final int maxMegabytes;
  private final String incarnation = UUID.randomUUID().toString();
  private final OrphanProcesses orphans = new OrphanProcesses(incarnation);
  private final ObjectMapper json = WireJson.newMapper();
  private final ObjectReader printed =
      json.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final Set<Watched> running = ConcurrentHashMap.newKeySet();
  private final Set<String> marks = ConcurrentHashMap.newKeySet();
  private final ExecutorService writers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean mayHaveLeft;

  private record Watched(ProgramRun run, MemoryLimit memory, String mark) {}

  /** Is called with a process that was started, before its end is awaited. */
  public interface Begun {
    /**
     * Is called once the process runs.
     *
     * @return the task to run when it has ended
     * @throws AttemptFailure if it may not run; it is killed
     */
    Runnable with(RunningUnit running, long pid) throws AttemptFailure;
  }

  @Activate
  public ProgramRunner(
      @Reference NodeSettings settings,
      @Reference AssetStore assets,
      @Reference InputFetcher fetcher) {
    var configuration = settings.configuration();
    this.assets = assets;
    this.fetcher = fetcher;
    directories = NodeDirectories.of(configuration);
    maxMegabytes = configuration.worker_max__memory__megabytes();
    var unused =
        watch.scheduleWithFixedDelay(
            this::watchRunning, WATCH_EVERY_MILLIS, WATCH_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    unused =
        watch.scheduleWithFixedDelay(
            this::lookForOrphans,
            LOOK_FOR_ORPHANS_EVERY_SECONDS,
            LOOK_FOR_ORPHANS_EVERY_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Kills the programs that still run. */
  @Deactivate
  public void close() {
    running.forEach(watched -> watched.run().kill());
    watch.shutdownNow();
    orphans.killAllBut(Set.of());
    writers.shutdownNow();
  }

  /** The timeout of an attempt that the manifest of a program sets, in seconds, or null. */
  public Double timeout(Program program) {
    return program.manifest().timeout();
  }

  /**
   * Runs a stage.
   *
   * @param exposure from how far off the server can be reached that sent the unit
   * @param unitLog receives what the program writes to standard error
   * @return the stage's output
   * @throws AttemptFailure if there is none; the message says why
   */
  public JsonNode run(
      Program program, UnitOrder unit, ServerExposure exposure, UnitLog unitLog, Begun begun)
      throws AttemptFailure {
    var command = program.command(unit.stage());
    if (command == null) {
      throw new AttemptFailure(FailureReason.FAILED, "the action has no such stage");
    }
    if (!program.use()) {
      throw new AttemptFailure(
          FailureReason.HANDED_BACK,
          "the action " + unit.action() + " is not installed on this node any more");
    }
    var directory = directories.ofAttempt(unit.lease().unitId(), unit.lease().attempt());
    try {
      Files.createDirectories(directory.resolve(SAVE));
      Files.createDirectories(directory.resolve(SCRATCH));
      return run(program, unit, exposure, unitLog, directory, begun);
    } catch (IOException e) {
      throw new AttemptFailure(FailureReason.FAILED, e.getMessage(), e);
    } finally {
      program.release();
      remove(directory);
    }
  }

  private JsonNode run(
      Program program,
      UnitOrder unit,
      ServerExposure exposure,
      UnitLog unitLog,
      Path directory,
      Begun begun)
      throws AttemptFailure, IOException {
    var order = ProgramOrder.of(unit, fetched(unit, exposure, directory));
    var mark = incarnation + "/" + unit.lease().unitId() + "/" + unit.lease().attempt();
    // Before its process is there, lest that is taken for one that was left behind.
    marks.add(mark);
    try {
      return run(program, unit, unitLog, directory, begun, order, mark);
    } finally {
      marks.remove(mark);
      mayHaveLeft = true;
    }
  }

  private JsonNode run(
      Program program,
      UnitOrder unit,
      UnitLog unitLog,
      Path directory,
      Begun begun,
      ProgramOrder order,
      String mark)
      throws AttemptFailure, IOException {
    var process = start(program, unit, unitLog, directory, order, mark);
    var watched = new Watched(process, memoryLimit(program), mark);
    running.add(watched);
    try {
      var then = begun.with(process, process.pid());
      try {
        process.tell(order.json(json), writers);
        var output = process.await();
        return new SaveFolder(
                directory.resolve(SAVE), (name, file) -> assets.save(key(unit, name), file))
            .in(output);
      } finally {
        then.run();
      }
    } finally {
      process.end();
      running.remove(watched);
    }
  }

  private MemoryLimit memoryLimit(Program program) {
    var own = program.manifest().memory();
    return own == null
        ? new MemoryLimit("the program", "worker.max_memory_megabytes", maxMegabytes)
        : new MemoryLimit("the program", "its memory", own);
  }

  /** The downloaded file of the input, or null where the input is not a URL. */
  private Path fetched(UnitOrder unit, ServerExposure exposure, Path directory) throws IOException {
    if (unit.stage() == Stage.MERGE || unit.input() == null) {
      return null;
    }
    try {
      var source = InputSource.of(JavaValues.of(unit.input()));
      return source.isEmpty()
          ? null
          : fetcher
              .fetch(
                  source.get(),
                  new FetchPlace(directory, directories.inputsOf(unit.jobId()), exposure))
              .file();
    } catch (IllegalArgumentException e) {
      throw new IOException("the input cannot be fetched: " + e.getMessage(), e);
    }
  }

  private ProgramRun start(
      Program program,
      UnitOrder unit,
      UnitLog unitLog,
      Path directory,
      ProgramOrder order,
      String mark)
      throws AttemptFailure {
    var command = new ArrayList<String>();
    for (String word : program.command(unit.stage())) {
      command.add(
          word.startsWith(HERE) ? program.folder().resolve(word).normalize().toString() : word);
    }
    try {
      return new ProgramRun(
          unit.action(),
          command,
          directory,
          order.environment(System.getenv(), mark, directory.resolve(SCRATCH)),
          printed,
          unitLog);
    } catch (IOException e) {
      throw new AttemptFailure(
          FailureReason.FAILED,
          "the program " + command.get(0) + " cannot be started: " + e.getMessage(),
          e);
    }
  }

  private static AssetKey key(UnitOrder unit, String name) {
    return new AssetKey(
        unit.action(), unit.jobId(), unit.lease().unitId(), unit.lease().attempt(), name);
  }

  private static void remove(Path directory) {
    try {
      if (Files.exists(directory)) {
        PathUtils.deleteDirectory(directory);
      }
    } catch (IOException e) {
      log.warn("The work directory {} cannot be removed: {}", directory, e.toString());
    }
  }

  private void watchRunning() {
    for (Watched watched : running) {
      try {
        watched.memory().hold(watched.run());
        if (watched.run().isHeldOpen()) {
          orphans.killOf(watched.mark());
        }
      } catch (RuntimeException e) {
        log.error("The program of {} cannot be watched", watched.mark(), e);
      }
    }
  }

  /** Searches all processes of the machine, so only after an attempt has ended. */
  private void lookForOrphans() {
    if (!mayHaveLeft) {
      return;
    }
    try {
      mayHaveLeft = false;
      orphans.killAllBut(marks);
    } catch (RuntimeException e) {
      log.error("What programs leave behind cannot be found", e);
    }
  }
}
