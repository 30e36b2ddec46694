package org.cloudcrowd.server.maintenance;

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
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.FileDeletionQueue;
import org.cloudcrowd.store.FileDeletionQueue.FileDeletion;
import org.cloudcrowd.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of deleted jobs and of attempts whose result was not accepted, and repeats what
 * fails.
 */
@Component(service = FileDeletions.class, immediate = true)
public final class FileDeletions {
  private static final Logger log = LoggerFactory.getLogger(FileDeletions.class);
  private static final int LOOK_EVERY_SECONDS = 5;
  private static final int STOP_SECONDS = 10;
  private static final int BATCH = 100;

  private final FileDeletionQueue queue;
  private final AssetStore assets;
  private final Duration gracePeriod;
  private final Set<FileDeletion> reported = new HashSet<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  @Activate
  public FileDeletions(
      @Reference ServerSettings settings,
      @Reference FileDeletionQueue queue,
      @Reference AssetStore assets) {
    gracePeriod = Duration.ofSeconds(2L * settings.configuration().lease__seconds());
    this.queue = queue;
    this.assets = assets;
    var unused =
        thread.scheduleWithFixedDelay(this::remove, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops after the pass that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    thread.shutdown();
    var unused = thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** How long after a job's end its nodes may still write files of it. */
  public Duration gracePeriod() {
    return gracePeriod;
  }

  /** Looks for due deletions now. */
  public void wake() {
    thread.execute(this::remove);
  }

  private void remove() {
    try {
      boolean more = true;
      while (more) {
        var due = queue.due(BATCH);
        EachAlone.forEach(due, this::remove, this::failed);
        // A deletion that fails stays due; it is repeated with the next pass.
        more = due.size() == BATCH && reported.isEmpty();
      }
    } catch (StoreException e) {
      log.debug("File deletions wait for the database", e);
    } catch (RuntimeException e) {
      // The timer would not call again.
      log.error("Files could not be deleted; this is tried again", e);
    }
  }

  private void remove(FileDeletion deletion) {
    try {
      var job = new JobFiles(deletion.action(), deletion.jobId());
      if (deletion.isOfWholeJob()) {
        assets.deleteJob(job);
      } else {
        assets.deleteAttempt(new AttemptFiles(job, deletion.unitId(), deletion.attempt()));
      }
      queue.done(deletion);
      reported.remove(deletion);
    } catch (IOException e) {
      failed(deletion, e);
    }
  }

  private void failed(FileDeletion deletion, Exception cause) {
    if (reported.add(deletion)) {
      log.warn("Files of {} cannot be deleted yet: {}", shown(deletion), cause.toString());
    }
  }

  private static String shown(FileDeletion deletion) {
    return deletion.isOfWholeJob()
        ? "the deleted job " + deletion.jobId()
        : "attempt " + deletion.attempt() + " at work unit " + deletion.unitId();
  }
}
