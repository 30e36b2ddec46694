package org.cloudcrowd.server.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.health.WorkLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.Job;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins jobs that were posted before any node had offered their action, as soon as one does. What
 * could not be checked then is checked now: a job whose options do not fit is cancelled.
 */
@Component(service = AwaitedActions.class, immediate = true)
public final class AwaitedActions {
  private static final Logger log = LoggerFactory.getLogger(AwaitedActions.class);
  private static final int EVERY_SECONDS = 1;
  private static final int STOP_SECONDS = 10;

  private final WorkStore store;
  private final ActionCatalog catalog;
  private final WorkLoops loops;
  private final WorkLoop loop;
  private final ObjectMapper json = WireJson.newMapper();
  private final OptionsCheck options = new OptionsCheck(json);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Begins to look. */
  @Activate
  public AwaitedActions(
      @Reference WorkStore store, @Reference ActionCatalog catalog, @Reference WorkLoops loops) {
    this.store = store;
    this.catalog = catalog;
    this.loops = loops;
    loop =
        loops.begin(
            "Jobs that await their actions have not been looked at",
            Duration.ofSeconds(EVERY_SECONDS));
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops looking, after the look that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException {
    timer.shutdown();
    var unused = timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    loops.end(loop);
  }

  private void look() {
    try {
      loop.run(
          () ->
              EachAlone.forEach(
                  store.awaitingActions(),
                  this::look,
                  (job, cause) ->
                      log.error(
                          "Job {} cannot be given its action; the others are not held up",
                          job.id(),
                          cause)));
    } catch (StoreException e) {
      // The sweep says so.
      log.debug("Jobs that await their actions could not be looked at", e);
    } catch (RuntimeException e) {
      // The timer would never call again.
      log.error("Jobs that await their actions could not be looked at; it is tried again", e);
    }
  }

  private void look(Job job) {
    ActionChoice.highest(catalog.versions(job.action()), job.versionRange())
        .ifPresent(action -> give(job, action));
  }

  private void give(Job job, KnownAction action) {
    try {
      options.check(
          action,
          json.readTree(job.options()),
          unknown ->
              log.warn(
                  "Job {} has an option that {} does not know: {}",
                  job.id(),
                  job.action(),
                  unknown.message()));
      if (store.giveAction(job.id(), action.splits(), action.merges())) {
        log.info("Job {} has its action {} now", job.id(), job.action());
      }
    } catch (InvalidRequestException e) {
      var why = "its options do not fit its action: " + e.field() + ": " + e.getMessage();
      if (store.refuseAction(job.id(), why)) {
        log.warn("Job {} is cancelled: {}", job.id(), why);
      }
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
