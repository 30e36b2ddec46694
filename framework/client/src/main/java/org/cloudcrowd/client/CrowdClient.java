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
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.server.AdvertisedAction;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.protocol.server.CallbackView;
import org.cloudcrowd.protocol.server.CleanupView;
import org.cloudcrowd.protocol.server.EventKind;
import org.cloudcrowd.protocol.server.JobChanges;
import org.cloudcrowd.protocol.server.JobIds;
import org.cloudcrowd.protocol.server.JobList;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.OrphanList;
import org.cloudcrowd.protocol.server.ScheduleRequest;
import org.cloudcrowd.protocol.server.ScheduleView;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.protocol.server.UnitList;
import org.cloudcrowd.protocol.server.UnitView;
import org.cloudcrowd.protocol.server.WhyView;
import org.cloudcrowd.protocol.server.WorkersRequest;

/**
 * Speaks with a server. May be used by any number of threads.
 *
 * <p>Every method throws {@link ServerProblemException} where the server refuses, and another
 * {@link IOException} where it does not answer as a server does.
 */
public final class CrowdClient {
  private static final Duration TIMEOUT_OF_UPLOAD = Duration.ofMinutes(5);

  /** A server stores some 15,000 inputs a second, and is given fifteen times as long. */
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

  /** Where the server is, without a login. */
  public URI url() {
    return connection.url();
  }

  /** Posts a job; it survives any crash of the server's when this returns. */
  public JobView submit(JobRequest request) throws IOException, InterruptedException {
    return submit(request, null);
  }

  /**
   * Posts a job; it survives any crash of the server's when this returns.
   *
   * @param idempotencyKey makes a repeated call with the same key and request return the first job,
   *     so that a caller who heard no answer can ask again; or null
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

  /** Posts a job as it is written, so that the server says what is wrong with it. */
  public JobView submit(ObjectNode job) throws IOException, InterruptedException {
    return connection.send(
        connection.post("jobs", job).timeout(timeoutOf(job.path("inputs").size())), JobView.class);
  }

  private static Duration timeoutOf(int inputs) {
    return ServerConnection.TIMEOUT.plus(TIMEOUT_OF_INPUT.multipliedBy(inputs));
  }

  /** A job as it is now. */
  public JobView job(long id) throws IOException, InterruptedException {
    return connection.send(connection.get("jobs/" + id), JobView.class);
  }

  /**
   * Waits until a job is complete, by the server's events; where it has none, by looking.
   *
   * @param progress hears of the job each time that it has changed
   * @return the job with its outputs and failures
   * @throws ServerProblemException if there is no such job, or not any more
   */
  public JobView await(long jobId, Consumer<JobView> progress)
      throws IOException, InterruptedException {
    return new JobAwaiter(this, json).await(jobId, progress);
  }

  /**
   * What happens in the cluster, from now on, or after an event that was read before.
   *
   * @param kinds events of these kinds alone; a reset is told in any case. None is every kind
   * @param jobId of this job alone, or null
   * @param lastEventId the id of the event to go on after, or null
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

  /** Why a job's units that wait are not running. */
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

  /** Ends a job; what waits is not run, and what runs is ended. */
  public JobView cancel(long id) throws IOException, InterruptedException {
    return connection.send(connection.post("jobs/" + id + "/cancel"), JobView.class);
  }

  /** Runs the units of a job again that failed or were cancelled. */
  public JobView retry(long id) throws IOException, InterruptedException {
    return connection.send(connection.post("jobs/" + id + "/retry"), JobView.class);
  }

  /** Ends jobs, as far as each allows it. */
  public JobChanges cancel(List<Long> ids) throws IOException, InterruptedException {
    return change("cancel", ids);
  }

  /** Runs the units of jobs again that failed or were cancelled, as far as each job allows it. */
  public JobChanges retry(List<Long> ids) throws IOException, InterruptedException {
    return change("retry", ids);
  }

  /** Removes jobs, their units and their files. */
  public JobChanges delete(List<Long> ids) throws IOException, InterruptedException {
    return change("delete", ids);
  }

  private JobChanges change(String change, List<Long> ids)
      throws IOException, InterruptedException {
    return connection.send(
        connection.post("jobs/" + change, new JobIds(ids)).timeout(TIMEOUT_OF_UPLOAD),
        JobChanges.class);
  }

  /** What became of telling a job's receiver that it is complete. */
  public CallbackView callback(long jobId) throws IOException, InterruptedException {
    return connection.send(connection.get("jobs/" + jobId + "/callback"), CallbackView.class);
  }

  /** Has a complete job's receiver told once more. */
  public CallbackView sendCallbackAgain(long jobId) throws IOException, InterruptedException {
    return connection.send(connection.post("jobs/" + jobId + "/callback"), CallbackView.class);
  }

  /** What some live node can run. */
  public List<AdvertisedAction> actions() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("actions"), AdvertisedAction[].class));
  }

  /** An action that some live node can run, with the schema of its options. */
  public AdvertisedAction action(String name) throws IOException, InterruptedException {
    return connection.send(connection.get("actions/" + name), AdvertisedAction.class);
  }

  /** The live nodes. */
  public List<NodeView> nodes() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("nodes"), NodeView[].class));
  }

  /** The actions whose units no node is given. */
  public List<BlacklistEntry> blacklist() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("blacklist"), BlacklistEntry[].class));
  }

  /**
   * Has the units of an action wait.
   *
   * @param expiresAt until when, or null for until it is taken off the blacklist
   */
  public BlacklistEntry addToBlacklist(String action, Instant expiresAt)
      throws IOException, InterruptedException {
    var entry =
        new BlacklistEntry(null, action, null, expiresAt == null ? null : expiresAt.toString());
    return connection.send(connection.post("blacklist", entry), BlacklistEntry.class);
  }

  /** Lets the units of an action go on. */
  public BlacklistEntry removeFromBlacklist(String action)
      throws IOException, InterruptedException {
    return connection.send(connection.delete("blacklist/" + action), BlacklistEntry.class);
  }

  /** Gives a node nothing more until it is resumed. */
  public NodeView drain(String node) throws IOException, InterruptedException {
    return connection.send(
        connection.post("nodes/" + PeerUrl.segment(node) + "/drain"), NodeView.class);
  }

  /** Lets a node take work again. */
  public NodeView resume(String node) throws IOException, InterruptedException {
    return connection.send(
        connection.post("nodes/" + PeerUrl.segment(node) + "/resume"), NodeView.class);
  }

  /**
   * Changes how many work units a node runs at once, until it is changed again. The node takes it
   * up a little later.
   *
   * @param maxWorkers from 1 to {@link WorkersRequest#MAX}, or null for what it is configured to
   * @return the node as it is before it has taken it up
   */
  public NodeView changeMaxWorkers(String node, Integer maxWorkers)
      throws IOException, InterruptedException {
    return connection.send(
        connection.put(
            "nodes/" + PeerUrl.segment(node) + "/max_workers", new WorkersRequest(maxWorkers)),
        NodeView.class);
  }

  /** Removes a job, its units and its files. */
  public void delete(long id) throws IOException, InterruptedException {
    var unused = connection.bytes(connection.delete("jobs/" + id));
  }

  /** Jobs that are posted again and again. */
  public List<ScheduleView> schedules() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("schedules"), ScheduleView[].class));
  }

  /** Makes a schedule. */
  public ScheduleView addSchedule(ScheduleRequest schedule)
      throws IOException, InterruptedException {
    return connection.send(connection.post("schedules", schedule), ScheduleView.class);
  }

  /** Runs a schedule no more until it is resumed. */
  public ScheduleView pauseSchedule(String name) throws IOException, InterruptedException {
    return connection.send(connection.post(ofSchedule(name) + "/pause"), ScheduleView.class);
  }

  /** Runs a schedule again from now on. */
  public ScheduleView resumeSchedule(String name) throws IOException, InterruptedException {
    return connection.send(connection.post(ofSchedule(name) + "/resume"), ScheduleView.class);
  }

  /** Posts a schedule's job now. */
  public JobView runSchedule(String name) throws IOException, InterruptedException {
    return connection.send(connection.post(ofSchedule(name) + "/run"), JobView.class);
  }

  /** Removes a schedule; its jobs stay. */
  public void removeSchedule(String name) throws IOException, InterruptedException {
    var unused = connection.bytes(connection.delete(ofSchedule(name)));
  }

  private static String ofSchedule(String name) {
    return "schedules/" + encoded(name);
  }

  /** What is deployed to every node. */
  public List<BundleView> bundles() throws IOException, InterruptedException {
    return List.of(connection.send(connection.get("bundles"), BundleView[].class));
  }

  /** Deploys a bundle, or a program's zip, to every node. */
  public BundleView deploy(Path file) throws IOException, InterruptedException {
    return connection.send(upload("bundles", file), BundleView.class);
  }

  /** Has every node try a bundle, or a program's zip; nothing is kept. */
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

  /** Removes a bundle from every node. */
  public BundleView undeploy(String sha256) throws IOException, InterruptedException {
    return connection.send(connection.delete("bundles/" + sha256), BundleView.class);
  }

  /**
   * What a unit printed.
   *
   * @param attempt at which attempt, or null for the last that printed anything
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
   * Files of jobs that are not there.
   *
   * @param remove whether the server removes them
   */
  public OrphanList orphans(boolean remove) throws IOException, InterruptedException {
    return connection.send(connection.post("cleanup/orphans?remove=" + remove), OrphanList.class);
  }

  /** The cluster at a glance. */
  public StatusView status() throws IOException, InterruptedException {
    return connection.send(connection.get("status"), StatusView.class);
  }
}
