package org.cloudcrowd.server.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.health.TimedLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.cloudcrowd.server.ruby.UnlistedStages;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.job.Job;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins jobs that were submitted before any node had advertised their action, as soon as one does.
 * It checks what could not be checked then: a job whose options have wrong types is cancelled, and
 * options that the action does not know are accepted with a warning, as in a form.
 */
@Component(service = AwaitedActions.class, immediate = true)
public final class AwaitedActions {
  private static final Logger log = LoggerFactory.getLogger(AwaitedActions.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final WorkStore store;
  private final ActionCatalog catalog;
  private final UnlistedStages unlisted;
  private final TimedLoop loop;
  private final ObjectMapper json = WireJson.newMapper();
  private final OptionsCheck options = new OptionsCheck(json);

  @Activate
  public AwaitedActions(
      @Reference WorkStore store,
      @Reference ActionCatalog catalog,
      @Reference UnlistedStages unlisted,
      @Reference WorkLoops loops) {
    this.store = store;
    this.catalog = catalog;
    this.unlisted = unlisted;
    loop =
        new TimedLoop(
            loops, "Jobs that await their actions have not been looked at", PAUSE, this::look);
  }

  @Deactivate
  public void stop() throws InterruptedException {
    loop.stop();
  }

  private void look() {
    EachAlone.forEach(
        store.awaitedActions(),
        this::look,
        (action, cause) -> log.error("Jobs that await {} cannot be looked at", action, cause));
  }

  private void look(String name) {
    var versions = catalog.versions(name);
    if (versions.isEmpty()) {
      return;
    }
    EachAlone.forEach(
        store.awaiting(name),
        job ->
            ActionChoice.highest(versions, job.versionRange())
                .ifPresent(action -> give(job, action)),
        (job, cause) ->
            log.error(
                "Job {} cannot be given its action; the others are not held up", job.id(), cause));
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
        unlisted.warnOnce(job.id(), job.action());
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
