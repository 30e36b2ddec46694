package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.CallbackView;
import org.cloudcrowd.protocol.job.JobChanges;
import org.cloudcrowd.protocol.job.JobIds;
import org.cloudcrowd.protocol.job.JobList;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.ScheduleRequest;
import org.cloudcrowd.protocol.job.ScheduleView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitList;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.job.WhyView;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.protocol.server.CleanupView;
import org.cloudcrowd.protocol.server.EventKind;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.OrphanList;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.protocol.server.WorkersRequest;

/**
 * A client of a server. May be used by any number of threads.
 *
 * <p>Every method throws {@link ServerProblemException} where the server refuses the request, and
 * another {@link IOException} where there is no answer of a server.
 */
public final class CrowdClient {
  private static final Duration TIMEOUT_OF_UPLOAD = Duration.ofMinutes(5);

  /**
   * The timeout of a submission for each input: a server stores some 15,000 inputs a second, and
   * this allows fifteen times as long.
   */
  private static final Duration TIMEOUT_OF_INPUT = Duration.ofMillis(1);

  private final ObjectMapper json = WireJson.newMapper();
  private final ServerConnection connection;

  /**
   * A client of the server at a URL.
   *
   * @param server the base URL, with or without a slash at its end, and with the cluster's login
   *     and password where it asks for them, as in {@code http://login:password@host:9173/}
   */
  public CrowdClient(URI server) {
    connection = new ServerConnection(server);
  }

  /** The URL of the server, without a login. */
  public URI url() {
    return connection.url();
  }

  /** Submits a job. It is stored durably when this returns. */
  public JobView submit(JobRequest request) throws IOException, InterruptedException {
    return submit(request, null);
  }

  /**
   * Submits a job. It is stored durably when this returns.
   *
   * @param idempotencyKey makes a repeated call with the same key and request return the first job,
   *     so that a caller without an answer can repeat it; or null
   */
  public JobView submit(JobRequest request, String idempotencyKey)
      throws IOException, InterruptedException {
    int inputs = request.inputs() == null ? 0 : request.inputs().size();
    var posting = connection.post("jobs", request).timeout(timeoutOf(inputs));
    if (idempotencyKey != null) {
      posting.header("Idempotency-Key", idempotencyKey);
    }
    return connection.send(posting, JobView.class);
  }

  /**
   * Submits a job as JSON that is not checked here, so that the server reports what is wrong with
   * it.
   */
  public JobView submit(ObjectNode job) throws IOException, InterruptedException {
    return connection.send(
        connection.post("jobs", job).timeout(timeoutOf(job.path("inputs").size())), JobView.class);
  }

  private static Duration timeoutOf(int inputs) {
    return ServerConnection.TIMEOUT.plus(TIMEOUT_OF_INPUT.multipliedBy(inputs));
  }

  /** Reads a job. */
  public JobView job(long id) throws IOException, InterruptedException {
    return connection.send(connection.get("jobs/" + id), JobView.class);
  }

  /**
   * Waits until a job is complete, by the server's events, or by polling where events fail.
   *
   * @param progress receives the job whenever it has changed
   * @return the job with its outputs and failures
   * @throws ServerProblemException if there is no such job (any more)
   */
  public JobView await(long jobId, Consumer<JobView> progress)
      throws IOException, InterruptedException {
    return new JobAwaiter(this, json).await(jobId, progress);
  }

  /**
   * Opens a stream of events, from now on or after an earlier event.
   *
   * @param kinds events of these kinds only; a reset is sent in any case. Empty is every kind
   * @param jobId of this job alone, or null
   * @param lastEventId the id of the event after which the stream continues, or null
   */
  public EventStream events(Set<EventKind> kinds, Long jobId, String lastEventId)
      throws IOException, InterruptedException {
    var query = new StringJoiner("&", "events?", "");
    if (!kinds.isEmpty()) {
      query.add(kinds.stream().map(EventKind::word).collect(Collectors.joining(",", "kinds=", "")));
    }
    if (jobId != null) {
      query.add("job=" + jobId);
    }
    var request = connection.get(query.toString()).setHeader("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    return new EventStream(connection.lines(request), json);
  }

  /** Explains why units of a job do not run. */
  public WhyView why(long jobId) throws IOException, InterruptedException {
    return connection.send(connection.get("jobs/" + jobId + "/why"), WhyView.class);
  }

  /**
   * A page of jobs, newest first.
   *
   * @param limit how many at most, from 1 to 1000
   * @param after the cursor that the page before ended with, or null for the newest
   */
  public JobList jobs(int limit, String after) throws IOException, InterruptedException {
    return jobs(null, null, Map.of(), limit, after);
  }

  /**
   * A page of some jobs, newest first.
   *
   * @param status only these, or null for any
   * @param action only those of this action, or null for any
   * @param labels only those that have all of these labels
   * @param limit how many at most, from 1 to 1000
   * @param after the cursor that the page before ended with, or null for the newest
   */
  public JobList jobs(
      Status status, String action, Map<String, String> labels, int limit, String after)
      throws IOException, InterruptedException {
    var query = new StringBuilder("jobs?limit=" + limit + cursor(after));
    if (status != null) {
      query.append("&status=").append(status.word());
    }
    if (action != null) {
      query.append("&action=").append(encoded(action));
    }
    labels.forEach((name, value) -> query.append("&label=").append(encoded(name + ":" + value)));
    return connection.send(connection.get(query.toString()), JobList.class);
  }

  /**
   * A page of a job's units, in the order of their ids.
   *
   * @param limit how many at most, from 1 to 1000
   * @param after the cursor that the page before ended with, or null for the first
   */
  public UnitList units(long jobId, int limit, String after)
      throws IOException, InterruptedException {
    return connection.send(
        connection.get("jobs/" + jobId + "/units?limit=" + limit + cursor(after)), UnitList.class);
  }

  private static String cursor(String after) {
    return after == null ? "" : "&after=" + encoded(after);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A unit with the history of its attempts. */
  public UnitView unit(long id) throws IOException, InterruptedException {
    return connection.send(connection.get("units/" + id), UnitView.class);
  }

  /** Cancels a job. */
  public JobView cancel(long id) throws IOException, InterruptedException {
    return connection.send(connection.post("jobs/" + id + "/cancel"), JobView.class);
  }

  /** Retries a job: queues its failed and cancelled units again. */
  public JobView retry(long id) throws IOException, InterruptedException {
    return connection.send(connection.post("jobs/" + id + "/retry"), JobView.class);
  }

  /** Cancels jobs, as far as each can be. */
  public JobChanges cancel(List<Long> ids) throws IOException, InterruptedException {
    return change("cancel", ids);
  }

  /** Retries jobs, as far as each can be. */
  public JobChanges retry(List<Long> ids) throws IOException, InterruptedException {
    return change("retry", ids);
  }

  /** Deletes jobs, their units and their files. */
  public JobChanges delete(List<Long> ids) throws IOException, InterruptedException {
    return change("delete", ids);
  }

  private JobChanges change(String change, List<Long> ids)
      throws IOException, InterruptedException {
    return connection.send(
        connection.post("jobs/" + change, new JobIds(ids)).timeout(TIMEOUT_OF_UPLOAD),
        JobChanges.class);
  }

  /** Reads the callback of a job. */
  public CallbackView callback(long jobId) throws IOException, InterruptedException {
    return connection.send(connection.get("jobs/" + jobId + "/callback"), CallbackView.class);
  }

  /** Queues the callback of a complete job again. */
  public CallbackView sendCallbackAgain(long jobId) throws IOException, InterruptedException {
    return connection.send(connection.post("jobs/" + jobId + "/callback"), CallbackView.class);
  }

  /** Lists the actions of live nodes. */
  public List<AdvertisedAction> actions() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("actions"), AdvertisedAction[].class));
  }

  /** Reads an action of live nodes, with the schema of its options. */
  public AdvertisedAction action(String name) throws IOException, InterruptedException {
    return connection.send(connection.get("actions/" + name), AdvertisedAction.class);
  }

  public List<NodeView> nodes() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("nodes"), NodeView[].class));
  }

  /** Lists the blacklist. */
  public List<BlacklistEntry> blacklist() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("blacklist"), BlacklistEntry[].class));
  }

  /**
   * Puts an action on the blacklist.
   *
   * @param expiresAt when it leaves the list by itself, or null for never
   */
  public BlacklistEntry addToBlacklist(String action, Instant expiresAt)
      throws IOException, InterruptedException {
    var entry =
        new BlacklistEntry(null, action, null, expiresAt == null ? null : expiresAt.toString());
    return connection.send(connection.post("blacklist", entry), BlacklistEntry.class);
  }

  /** Takes an action off the blacklist. */
  public BlacklistEntry removeFromBlacklist(String action)
      throws IOException, InterruptedException {
    return connection.send(connection.delete("blacklist/" + action), BlacklistEntry.class);
  }

  /** Drains a node: it gets no units until it is resumed. */
  public NodeView drain(String node) throws IOException, InterruptedException {
    return connection.send(
        connection.post("nodes/" + PeerUrl.segment(node) + "/drain"), NodeView.class);
  }

  /** Resumes a node. */
  public NodeView resume(String node) throws IOException, InterruptedException {
    return connection.send(
        connection.post("nodes/" + PeerUrl.segment(node) + "/resume"), NodeView.class);
  }

  /**
   * Changes how many work units a node runs at once, until it is changed again. It takes effect
   * with the node's next heartbeat.
   *
   * @param maxWorkers from 1 to {@link WorkersRequest#MAX}, or null for what it is configured to
   * @return the node as it was before
   */
  public NodeView changeMaxWorkers(String node, Integer maxWorkers)
      throws IOException, InterruptedException {
    return connection.send(
        connection.put(
            "nodes/" + PeerUrl.segment(node) + "/max_workers", new WorkersRequest(maxWorkers)),
        NodeView.class);
  }

  /** Deletes a job, its units and its files. */
  public void delete(long id) throws IOException, InterruptedException {
    var unused = connection.bytes(connection.delete("jobs/" + id));
  }

  /** Lists the schedules. */
  public List<ScheduleView> schedules() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("schedules"), ScheduleView[].class));
  }

  /** Adds a schedule. */
  public ScheduleView addSchedule(ScheduleRequest schedule)
      throws IOException, InterruptedException {
    return connection.send(connection.post("schedules", schedule), ScheduleView.class);
  }

  /** Pauses a schedule. */
  public ScheduleView pauseSchedule(String name) throws IOException, InterruptedException {
    return connection.send(connection.post(ofSchedule(name) + "/pause"), ScheduleView.class);
  }

  /** Resumes a schedule. */
  public ScheduleView resumeSchedule(String name) throws IOException, InterruptedException {
    return connection.send(connection.post(ofSchedule(name) + "/resume"), ScheduleView.class);
  }

  /** Submits a schedule's job now. */
  public JobView runSchedule(String name) throws IOException, InterruptedException {
    return connection.send(connection.post(ofSchedule(name) + "/run"), JobView.class);
  }

  /** Deletes a schedule; its jobs stay. */
  public void removeSchedule(String name) throws IOException, InterruptedException {
    var unused = connection.bytes(connection.delete(ofSchedule(name)));
  }

  private static String ofSchedule(String name) {
    return "schedules/" + encoded(name);
  }

  /** Lists the deployed bundles. */
  public List<BundleView> bundles() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("bundles"), BundleView[].class));
  }

  /** Deploys a bundle, or a program's zip, to every node. */
  public BundleView deploy(Path file) throws IOException, InterruptedException {
    return connection.send(upload("bundles", file), BundleView.class);
  }

  /** Has every node try a bundle, or a program's zip; nothing is stored. */
  public BundleView tryOut(Path file) throws IOException, InterruptedException {
    return connection.send(upload("bundles?dry_run=true", file), BundleView.class);
  }

  private HttpRequest.Builder upload(String path, Path file) throws IOException {
    return connection
        .get(path)
        .timeout(TIMEOUT_OF_UPLOAD)
        .setHeader("Content-Type", "application/octet-stream")
        .POST(BodyPublishers.ofFile(file));
  }

  /** Undeploys a bundle. */
  public BundleView undeploy(String sha256) throws IOException, InterruptedException {
    return connection.send(connection.delete("bundles/" + sha256), BundleView.class);
  }

  /**
   * Reads the log of a unit.
   *
   * @param attempt the attempt, or null for the last that printed anything
   */
  public String log(long unitId, Integer attempt) throws IOException, InterruptedException {
    var query = attempt == null ? "" : "?attempt=" + attempt;
    return new String(
        connection.bytes(connection.get("units/" + unitId + "/log" + query)),
        StandardCharsets.UTF_8);
  }

  /** Deletes a batch of the jobs that have been complete for longer than some days. */
  public CleanupView deleteJobsOlderThan(double days) throws IOException, InterruptedException {
    return connection.send(connection.post("cleanup/jobs?days=" + days), CleanupView.class);
  }

  /**
   * Lists files of jobs that do not exist.
   *
   * @param remove whether the server deletes them
   */
  public OrphanList orphans(boolean remove) throws IOException, InterruptedException {
    return connection.send(connection.post("cleanup/orphans?remove=" + remove), OrphanList.class);
  }

  /** The cluster at a glance. */
  public StatusView status() throws IOException, InterruptedException {
    return connection.send(connection.get("status"), StatusView.class);
  }
}
