package org.cloudcrowd.server.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudcrowd.assets.AssetStore;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.JobList;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.protocol.server.UnitList;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.server.dispatch.Dispatcher;
import org.cloudcrowd.server.dispatch.ServerConfiguration;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.cloudcrowd.store.Job;
import org.cloudcrowd.store.NewJob;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.JobFilter;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs, shows them, and removes them. */
@Component(
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class JobService implements Jobs {
  private static final Logger log = LoggerFactory.getLogger(JobService.class);

  private static final int MAX_EMAIL = 320;
  private static final int MAX_CALLBACK_URL = 2000;
  private static final Set<String> CALLBACK_SCHEMES = Set.of("http", "https");

  private final WorkStore store;
  private final WorkQueries queries;
  private final ActionCatalog catalog;
  private final AssetStore assets;
  private final Nodes nodes;
  private final Dispatcher dispatcher;
  private final int maxAttempts;
  private final int maxInputs;
  private final JobViews views;

  /** Keeps jobs in a store. */
  @Activate
  public JobService(
      ServerConfiguration configuration,
      @Reference WorkStore store,
      @Reference WorkQueries queries,
      @Reference ActionCatalog catalog,
      @Reference AssetStore assets,
      @Reference Nodes nodes,
      @Reference Dispatcher dispatcher) {
    this.store = store;
    this.queries = queries;
    this.catalog = catalog;
    this.assets = assets;
    this.nodes = nodes;
    this.dispatcher = dispatcher;
    this.maxAttempts = configuration.work__unit__retries();
    this.maxInputs = configuration.max__inputs();
    this.views = new JobViews(queries, WireJson.newMapper(), Clock.systemUTC());
  }

  @Override
  public JobView submit(JobRequest request) throws InvalidRequestException {
    checkInputs(request.inputs());
    checkTexts(request);
    var action = known(request.action());
    var job =
        store.submit(
            new NewJob(
                action.name(),
                action.splits(),
                action.merges(),
                request.inputs().stream().map(JsonNode::toString).toList(),
                request.options() == null ? "{}" : request.options().toString(),
                request.email(),
                request.callbackUrl(),
                maxAttempts));
    dispatcher.wake();
    log.info("Job {}: {} over {} input(s)", job.id(), job.action(), request.inputs().size());
    return views.brief(job);
  }

  private KnownAction known(String name) throws InvalidRequestException {
    if (name == null || name.isBlank()) {
      throw new InvalidRequestException("/action", "action must name the action to run");
    }
    var action = catalog.find(name);
    if (action == null) {
      var all = catalog.all().stream().map(KnownAction::name).collect(Collectors.joining(", "));
      throw new InvalidRequestException(
          "/action",
          "no node has offered the action '"
              + name
              + "'; "
              + (all.isEmpty() ? "no action is known yet" : "known are: " + all));
    }
    return action;
  }

  private void checkInputs(List<JsonNode> inputs) throws InvalidRequestException {
    if (inputs == null) {
      throw new InvalidRequestException("/inputs", "inputs must be a list of inputs");
    }
    if (inputs.isEmpty()) {
      throw new InvalidRequestException(
          "/inputs", "inputs is empty: a job needs at least one input");
    }
    if (inputs.size() > maxInputs) {
      throw new InvalidRequestException(
          "/inputs", "a job may have " + maxInputs + " inputs, and this one has " + inputs.size());
    }
  }

  private static void checkTexts(JobRequest request) throws InvalidRequestException {
    if (request.email() != null && request.email().length() > MAX_EMAIL) {
      throw new InvalidRequestException(
          "/email", "email may have " + MAX_EMAIL + " characters at most");
    }
    var callback = request.callbackUrl();
    if (callback != null && (callback.length() > MAX_CALLBACK_URL || !isHttpUrl(callback))) {
      throw new InvalidRequestException(
          "/callback_url",
          "callback_url must be an http or https URL of at most "
              + MAX_CALLBACK_URL
              + " characters");
    }
  }

  private static boolean isHttpUrl(String text) {
    try {
      var url = new URI(text);
      return url.getHost() != null && CALLBACK_SCHEMES.contains(url.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  @Override
  public JobView find(long jobId) {
    var job = queries.job(jobId);
    return job == null ? null : views.whole(job);
  }

  @Override
  public JobList list(Status status, String action, int limit, String after)
      throws InvalidRequestException {
    checkLimit(limit);
    // One more than asked for tells whether there is another page.
    var jobs =
        queries.jobs(
            new JobFilter(
                status == null ? null : JobViews.state(status),
                action,
                cursor(after, Long.MAX_VALUE),
                limit + 1));
    var page = jobs.subList(0, Math.min(limit, jobs.size()));
    return new JobList(
        page.stream().map(views::brief).toList(),
        jobs.size() > limit ? Long.toString(page.get(page.size() - 1).id()) : null);
  }

  private static void checkLimit(int limit) throws InvalidRequestException {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidRequestException("/limit", "limit must be from 1 to " + MAX_LIMIT);
    }
  }

  private static long cursor(String text, long start) throws InvalidRequestException {
    try {
      return text == null ? start : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(
          "/after", "after must be the cursor that a page of this list ended with");
    }
  }

  @Override
  public UnitList units(long jobId, int limit, String after) throws InvalidRequestException {
    checkLimit(limit);
    long from = cursor(after, 0);
    if (queries.job(jobId) == null) {
      return null;
    }
    var units = queries.units(jobId, from, limit + 1);
    var page = units.subList(0, Math.min(limit, units.size()));
    return new UnitList(
        page.stream().map(unit -> views.unit(jobId, unit)).toList(),
        units.size() > limit ? Long.toString(page.get(page.size() - 1).id()) : null);
  }

  @Override
  public boolean delete(long jobId) {
    var job = store.delete(jobId);
    if (job == null) {
      return false;
    }
    deleteAssets(job);
    log.info("Job {} is deleted", jobId);
    return true;
  }

  private void deleteAssets(Job job) {
    try {
      assets.deleteJob(job.action(), job.id());
    } catch (IOException e) {
      log.warn("Files of the deleted job {} could not be removed: {}", job.id(), e.toString());
    }
  }

  @Override
  public StatusView status() {
    var open = queries.openWork();
    return new StatusView(
        queries.openJobs(StatusView.MAX_JOBS).stream().map(views::brief).toList(),
        nodes.live(),
        open.jobs(),
        open.units());
  }
}
