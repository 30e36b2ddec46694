package org.cloudcrowd.server.jobs;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.JobList;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.UnitList;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.Health;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.InvalidRequestException.Fault;
import org.cloudcrowd.server.JobSelection;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.assets.AssetLinks;
import org.cloudcrowd.server.config.ActionPolicies;
import org.cloudcrowd.server.config.JobStates;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.server.config.Texts;
import org.cloudcrowd.server.maintenance.FileDeletions;
import org.cloudcrowd.server.ruby.UnlistedStages;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.JobFilter;
import org.cloudcrowd.store.WorkStore;
import org.cloudcrowd.store.WorkStore.Submission;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.state.IllegalStateChangeException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Submits, shows, changes and deletes jobs. */
@Component
public final class JobService implements Jobs {
  private static final Logger log = LoggerFactory.getLogger(JobService.class);

  private static final int LINKS_ANEW_SECONDS = 3600;

  private final WorkStore store;
  private final WorkQueries queries;
  private final FileDeletions fileDeletions;
  private final Nodes nodes;
  private final Health health;
  private final UnlistedStages unlisted;
  private final RequestCheck requests;
  private final JobViews views;

  @Activate
  public JobService(
      @Reference ServerSettings settings,
      @Reference WorkStore store,
      @Reference WorkQueries queries,
      @Reference ActionCatalog catalog,
      @Reference FileDeletions fileDeletions,
      @Reference AssetLinks links,
      @Reference Nodes nodes,
      @Reference ActionPolicies policies,
      @Reference Health health,
      @Reference UnlistedStages unlisted) {
    this.health = health;
    this.unlisted = unlisted;
    this.store = store;
    this.queries = queries;
    this.fileDeletions = fileDeletions;
    this.nodes = nodes;
    this.requests =
        new RequestCheck(
            settings.configuration(), policies, catalog, queries, links, WireJson.newMapper());
    this.views = new JobViews(links, WireJson.newMapper(), Clock.systemUTC());
  }

  @Override
  public JobView submit(JobRequest request, String idempotencyKey) throws InvalidRequestException {
    var submission = submit(requests.check(request, idempotencyKey, null));
    return views.brief(submission.job(), hasBegun(submission));
  }

  @Override
  public JobView submitOfRuby(JobRequest request, String idempotencyKey, Consumer<Fault> unknown)
      throws InvalidRequestException {
    var unknownHere = new ArrayList<Fault>();
    var submission = submit(requests.check(request, idempotencyKey, unknownHere::add));
    var job = views.briefForRuby(submission.job(), hasBegun(submission));
    unknownHere.forEach(
        fault -> {
          log.warn(
              "Job {} has an option that {} does not know: {}",
              job.id(),
              job.action(),
              fault.message());
          unknown.accept(fault);
        });
    return job;
  }

  /** A job that was just stored has not begun. */
  private boolean hasBegun(Submission submission) {
    return submission.outcome() != Submission.Outcome.STORED
        && !begun(List.of(submission.job())).isEmpty();
  }

  private Submission submit(NewJob newJob) throws InvalidRequestException {
    var submission = store.submit(newJob);
    var job = submission.job();
    switch (submission.outcome()) {
      case STORED -> {
        log.info(
            "Job {}: {} over {} input(s){}, correlation id {}",
            job.id(),
            job.action(),
            job.progress().units(),
            job.prerequisites().isEmpty() ? "" : ", which waits",
            job.correlationId());
        unlisted.warnOnce(job.id(), job.action());
      }
      case REPEATED -> log.info("Job {} was submitted again, under its key", job.id());
      case KEY_TAKEN ->
          throw new InvalidRequestException(
              "Idempotency-Key", "the key was used before, for another request: job " + job.id());
    }
    return submission;
  }

  @Override
  public void check(JobRequest request) throws InvalidRequestException {
    var unused = requests.check(request, null, null);
  }

  @Override
  public JobView find(long jobId, FileLinks links) {
    var found = find(jobId);
    return found == null ? null : found.view(links);
  }

  @Override
  public Found find(long jobId) {
    var job = queries.job(jobId);
    return job == null ? null : new FoundJob(job);
  }

  private final class FoundJob implements Found {
    private Job job;

    private FoundJob(Job job) {
      this.job = job;
    }

    @Override
    public String version() {
      return job.finishedAt() == null
          ? null
          : String.join(
              "-",
              job.progress().state().name().toLowerCase(Locale.ROOT),
              Long.toHexString(job.finishedAt().toEpochMilli()),
              // Its view has new links to files each time, which expire after some hours.
              Long.toHexString(store.now().getEpochSecond() / LINKS_ANEW_SECONDS));
    }

    @Override
    public JobView view(FileLinks links) {
      var details = queries.details(job.id(), JobView.MAX_FAILURES);
      if (details == null) {
        return null;
      }
      job = details.job();
      return views.whole(details, links);
    }
  }

  @Override
  public List<JobView> find(Collection<Long> jobIds) {
    return brief(queries.jobs(jobIds));
  }

  private List<JobView> brief(List<Job> jobs) {
    var begun = begun(jobs);
    return jobs.stream().map(job -> views.brief(job, begun.contains(job.id()))).toList();
  }

  /** The jobs of which any unit was ever sent to a node; the counters of most jobs tell it. */
  private Set<Long> begun(List<Job> jobs) {
    var byCounters =
        jobs.stream().collect(Collectors.partitioningBy(job -> job.progress().hasEndedUnits()));
    var begun = new HashSet<Long>(queries.begun(ids(byCounters.get(false))));
    begun.addAll(ids(byCounters.get(true)));
    return begun;
  }

  private static List<Long> ids(List<Job> jobs) {
    return jobs.stream().map(Job::id).toList();
  }

  @Override
  public JobList list(JobSelection wanted, int limit, String after) throws InvalidRequestException {
    checkLimit(limit);
    Texts.check("action", wanted.action(), MAX_ACTION);
    for (var label : wanted.labels().entrySet()) {
      Texts.check("label", label.getKey() + ":" + label.getValue(), MAX_LABEL);
    }
    // One more than asked for shows whether there is another page.
    var jobs =
        queries.jobs(
            new JobFilter(
                wanted.status() == null ? null : JobStates.state(wanted.status()),
                wanted.action(),
                wanted.labels(),
                Cursor.read(after, wanted, Long.MAX_VALUE),
                limit + 1));
    var page = jobs.subList(0, Math.min(limit, jobs.size()));
    return new JobList(
        brief(page),
        jobs.size() > limit ? Cursor.of(wanted, page.get(page.size() - 1).id()) : null);
  }

  /** More than any job could have. */
  private static final int MAX_ACTION = 100;

  private static final int MAX_LABEL = 356;

  private static void checkLimit(int limit) throws InvalidRequestException {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequestException("/limit", "limit must be from 1 to " + MAX_LIMIT);
    }
  }

  @Override
  public UnitList units(long jobId, int limit, String after) throws InvalidRequestException {
    checkLimit(limit);
    var list = "units of job " + jobId;
    long from = Cursor.read(after, list, 0);
    if (queries.job(jobId) == null) {
      return null;
    }
    var units = queries.units(jobId, from, limit + 1);
    var page = units.subList(0, Math.min(limit, units.size()));
    return new UnitList(
        page.stream().map(unit -> views.unit(unit, null, FileLinks.CONFIGURED)).toList(),
        units.size() > limit ? Cursor.of(list, page.get(page.size() - 1).id()) : null);
  }

  @Override
  public UnitView unit(long unitId, FileLinks links) {
    var details = queries.unitDetails(unitId);
    return details == null ? null : views.unit(details.unit(), details.attempts(), links);
  }

  @Override
  public RubyUnit rubyUnit(long unitId) {
    var details = queries.unitDetails(unitId);
    var job = details == null ? null : queries.job(details.unit().jobId());
    return job == null ? null : views.rubyUnit(details.unit(), job);
  }

  @Override
  public JobView cancel(long jobId) throws ConflictException {
    return changed(() -> store.cancel(jobId), "cancelled");
  }

  @Override
  public JobView retry(long jobId) throws ConflictException {
    return changed(() -> store.retry(jobId), "tried again");
  }

  private JobView changed(Supplier<Job> change, String what) throws ConflictException {
    try {
      var job = change.get();
      if (job == null) {
        return null;
      }
      log.info("Job {} is {}", job.id(), what);
      // It may have been changed again since.
      var details = queries.details(job.id(), JobView.MAX_FAILURES);
      return details == null
          ? brief(List.of(job)).get(0)
          : views.whole(details, FileLinks.CONFIGURED);
    } catch (IllegalStateChangeException e) {
      throw new ConflictException(e.getMessage(), e);
    }
  }

  @Override
  public boolean delete(long jobId) {
    var job = store.delete(jobId, fileDeletions.gracePeriod());
    if (job == null) {
      return false;
    }
    log.info("Job {} is deleted", jobId);
    fileDeletions.wake();
    return true;
  }

  @Override
  public StatusView status() {
    var open = queries.openWork();
    var faults = health.faults();
    return new StatusView(
        brief(queries.openJobs(StatusView.MAX_JOBS)),
        nodes.live(),
        open.jobs(),
        open.units(),
        faults.isEmpty() ? null : faults);
  }
}
