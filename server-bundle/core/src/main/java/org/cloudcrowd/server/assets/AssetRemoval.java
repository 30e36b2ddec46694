package org.cloudcrowd.server.assets;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.AttemptFiles;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.server.settings.ServerConfiguration;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.RemovalQueue;
import org.cloudcrowd.store.RemovalQueue.Removal;
import org.cloudcrowd.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the files of deleted jobs and of attempts that do not count, however often it takes. */
@Component(
    service = AssetRemoval.class,
    immediate = true,
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class AssetRemoval {
  private static final Logger log = LoggerFactory.getLogger(AssetRemoval.class);
  private static final int LOOK_EVERY_SECONDS = 5;
  private static final int STOP_SECONDS = 10;
  private static final int BATCH = 100;

  private final RemovalQueue queue;
  private final AssetStore assets;
  private final Duration quarantine;
  private final Set<Removal> reported = new HashSet<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /** Begins to remove. */
  @Activate
  public AssetRemoval(
      ServerConfiguration configuration,
      @Reference RemovalQueue queue,
      @Reference AssetStore assets) {
    quarantine = Duration.ofSeconds(2L * configuration.lease__seconds());
    this.queue = queue;
    this.assets = assets;
    var unused =
        thread.scheduleWithFixedDelay(this::remove, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops, after what is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    thread.shutdown();
    var unused = thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** How long after a job's end its nodes may still be writing files of it. */
  public Duration quarantine() {
    return quarantine;
  }

  /** A job was deleted. */
  public void wake() {
    thread.execute(this::remove);
  }

  private void remove() {
    try {
      boolean more = true;
      while (more) {
        var due = queue.due(BATCH);
        EachAlone.forEach(due, this::remove, this::failed);
        // One that fails is due again: then there is time until the next look.
        more = due.size() == BATCH && reported.isEmpty();
      }
    } catch (StoreException e) {
      log.debug("Files to remove wait for the database", e);
    } catch (RuntimeException e) {
      // The timer would never call again.
      log.error("Files could not be removed; this is tried again", e);
    }
  }

  private void remove(Removal removal) {
    try {
      var job = new JobFiles(removal.action(), removal.jobId());
      if (removal.isOfWholeJob()) {
        assets.deleteJob(job);
      } else {
        assets.deleteAttempt(new AttemptFiles(job, removal.unitId(), removal.attempt()));
      }
      queue.done(removal);
      reported.remove(removal);
    } catch (IOException e) {
      failed(removal, e);
    }
  }

  private void failed(Removal removal, Exception cause) {
    if (reported.add(removal)) {
      log.warn("Files of {} cannot be removed yet: {}", shown(removal), cause.toString());
    }
  }

  private static String shown(Removal removal) {
    return removal.isOfWholeJob()
        ? "the deleted job " + removal.jobId()
        : "attempt " + removal.attempt() + " at work unit " + removal.unitId();
  }
}
