package org.cloudcrowd.server.maintenance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.assets.JobFiles;
import org.cloudcrowd.protocol.server.CleanupView;
import org.cloudcrowd.protocol.server.OrphanList;
import org.cloudcrowd.server.Cleanups;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old jobs, on request or by {@code job_retention_days}, and files without a job. */
@Component
public final class JobCleanup implements Cleanups {
  private static final Logger log = LoggerFactory.getLogger(JobCleanup.class);
  private static final int MAX_DAYS = 36_500;
  private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
  private static final long LOOK_EVERY_MILLIS = Duration.ofHours(1).toMillis();
  private static final long LOOK_AT_MOST_EVERY_MILLIS = 1000;
  private static final int STOP_SECONDS = 10;

  private final WorkStore store;
  private final WorkQueries queries;
  private final AssetStore assets;
  private final FileDeletions fileDeletions;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Starts the retention, where it is configured. */
  @Activate
  public JobCleanup(
      @Reference ServerSettings settings,
      @Reference WorkStore store,
      @Reference WorkQueries queries,
      @Reference AssetStore assets,
      @Reference FileDeletions fileDeletions) {
    this.store = store;
    this.queries = queries;
    this.assets = assets;
    this.fileDeletions = fileDeletions;
    double days = settings.configuration().job__retention__days();
    if (days > 0) {
      long pause =
          Math.max(LOOK_AT_MOST_EVERY_MILLIS, Math.min(LOOK_EVERY_MILLIS, millis(days) / 10));
      var unused =
          timer.scheduleWithFixedDelay(() -> sweep(days), pause, pause, TimeUnit.MILLISECONDS);
    }
  }

  /** Stops after the pass that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
  }

  private static long millis(double days) {
    return Math.round(days * MILLIS_PER_DAY);
  }

  private void sweep(double days) {
    try {
      while (!timer.isShutdown() && delete(days).more()) {
        log.debug("There are more old jobs");
      }
    } catch (StoreException e) {
      log.debug("Old jobs wait for the database", e);
    } catch (RuntimeException e) {
      // The timer would not call again.
      log.error("Old jobs could not be deleted; this is tried again", e);
    }
  }

  @Override
  public CleanupView deleteJobs(double days) throws InvalidRequestException {
    if (!(days >= 0 && days <= MAX_DAYS)) {
      throw new InvalidRequestException("/days", "days must be from 0 to " + MAX_DAYS);
    }
    return delete(days);
  }

  private CleanupView delete(double days) {
    var jobs = queries.completeBefore(store.now().minusMillis(millis(days)), BATCH);
    var counted = new AtomicInteger();
    EachAlone.forEach(
        jobs,
        job -> counted.addAndGet(store.delete(job, fileDeletions.gracePeriod()) == null ? 0 : 1),
        (job, cause) -> log.error("The old job {} cannot be deleted", job, cause));
    int deleted = counted.get();
    if (deleted > 0) {
      log.info("{} job(s) that were complete for {} day(s) are deleted", deleted, days);
      fileDeletions.wake();
    }
    // Where none of a batch can be deleted, the next would be the same.
    return new CleanupView(deleted, jobs.size() == BATCH && deleted > 0);
  }

  /** A job is stored before its files, so the files are listed first. */
  @Override
  public OrphanList orphans(boolean remove) throws IOException {
    var files = new ArrayList<JobFiles>();
    assets.eachJob(files::add);
    var known = queries.known(files.stream().map(JobFiles::jobId).toList());
    var orphans = files.stream().filter(job -> !known.contains(job.jobId())).toList();
    if (remove) {
      remove(orphans);
    }
    return new OrphanList(
        orphans.stream()
            .map(job -> new OrphanList.Orphan(job.action(), job.jobId()))
            .collect(Collectors.toList()),
        remove);
  }

  private void remove(List<JobFiles> orphans) throws IOException {
    IOException failure = null;
    for (JobFiles orphan : orphans) {
      try {
        assets.deleteJob(orphan);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    if (!orphans.isEmpty()) {
      log.info("The files of {} job(s) that are not there are removed", orphans.size());
    }
  }
}
