package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.protocol.server.CallbackView;
import org.cloudcrowd.protocol.server.JobList;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.Problem;
import org.cloudcrowd.protocol.server.StatusView;
import org.cloudcrowd.protocol.server.UnitList;
import org.cloudcrowd.protocol.server.UnitView;
import org.cloudcrowd.protocol.server.WhyView;

/**
 * Speaks with a server. May be used by any number of threads.
 *
 * <p>Every method throws {@link ServerProblemException} where the server refuses, and another
 * {@link IOException} where it does not answer as a server does.
 */
public final class CrowdClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** A server stores some 15,000 inputs a second, and is given fifteen times as long. */
  private static final Duration TIMEOUT_OF_UPLOAD = Duration.ofMinutes(5);

  private static final Duration TIMEOUT_OF_INPUT = Duration.ofMillis(1);

  private final ObjectMapper json = WireJson.newMapper();
  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /**
   * A client of the server at a URL.
   *
   * @param server the base URL, with or without a slash at its end
   */
  public CrowdClient(URI server) {
    var text = server.toString();
    this.server = text.endsWith("/") ? server : URI.create(text + "/");
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
    var posting =
        request("jobs")
            .timeout(TIMEOUT.plus(TIMEOUT_OF_INPUT.multipliedBy(inputs)))
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(request)));
    if (idempotencyKey != null) {
      posting.header("Idempotency-Key", idempotencyKey);
    }
    return send(posting, JobView.class);
  }

  /** Posts a job as it is written, so that the server says what is wrong with it. */
  public JobView submit(ObjectNode job) throws IOException, InterruptedException {
    return send(
        request("jobs")
            .timeout(TIMEOUT.plus(TIMEOUT_OF_INPUT.multipliedBy(job.path("inputs").size())))
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(job))),
        JobView.class);
  }

  /** A job as it is now. */
  public JobView job(long id) throws IOException, InterruptedException {
    return send(request("jobs/" + id), JobView.class);
  }

  /** Why a job's units that wait are not running. */
  public WhyView why(long jobId) throws IOException, InterruptedException {
    return send(request("jobs/" + jobId + "/why"), WhyView.class);
  }

  /**
   * A page of jobs, newest first.
   *
   * @param limit how many at most, from 1 to 1000
   * @param after the cursor that the page before ended with, or null for the newest
   */
  public JobList jobs(int limit, String after) throws IOException, InterruptedException {
    return send(request("jobs?limit=" + limit + cursor(after)), JobList.class);
  }

  /**
   * A page of a job's units, in the order of their ids.
   *
   * @param limit how many at most, from 1 to 1000
   * @param after the cursor that the page before ended with, or null for the first
   */
  public UnitList units(long jobId, int limit, String after)
      throws IOException, InterruptedException {
    return send(request("jobs/" + jobId + "/units?limit=" + limit + cursor(after)), UnitList.class);
  }

  private static String cursor(String after) {
    return after == null ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
  }

  /** A unit with the history of its attempts. */
  public UnitView unit(long id) throws IOException, InterruptedException {
    return send(request("units/" + id), UnitView.class);
  }

  /** Ends a job; what waits is not run, and what runs is ended. */
  public JobView cancel(long id) throws IOException, InterruptedException {
    return send(request("jobs/" + id + "/cancel").POST(BodyPublishers.noBody()), JobView.class);
  }

  /** Runs the units of a job again that failed or were cancelled. */
  public JobView retry(long id) throws IOException, InterruptedException {
    return send(request("jobs/" + id + "/retry").POST(BodyPublishers.noBody()), JobView.class);
  }

  /** What became of telling a job's receiver that it is complete. */
  public CallbackView callback(long jobId) throws IOException, InterruptedException {
    return send(request("jobs/" + jobId + "/callback"), CallbackView.class);
  }

  /** Has a complete job's receiver told once more. */
  public CallbackView sendCallbackAgain(long jobId) throws IOException, InterruptedException {
    return send(
        request("jobs/" + jobId + "/callback").POST(BodyPublishers.noBody()), CallbackView.class);
  }

  /** What some live node can run. */
  public List<ActionOffer> actions() throws IOException, InterruptedException {
    return List.of(send(request("actions"), ActionOffer[].class));
  }

  /** An action that some live node can run, with the schema of its options. */
  public ActionOffer action(String name) throws IOException, InterruptedException {
    return send(request("actions/" + name), ActionOffer.class);
  }

  /** The live nodes. */
  public List<NodeView> nodes() throws IOException, InterruptedException {
    return List.of(send(request("nodes"), NodeView[].class));
  }

  /** The actions whose units no node is given. */
  public List<BlacklistEntry> blacklist() throws IOException, InterruptedException {
    return List.of(send(request("blacklist"), BlacklistEntry[].class));
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
    return send(
        request("blacklist").POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(entry))),
        BlacklistEntry.class);
  }

  /** Lets the units of an action go on. */
  public BlacklistEntry removeFromBlacklist(String action)
      throws IOException, InterruptedException {
    return send(request("blacklist/" + action).DELETE(), BlacklistEntry.class);
  }

  /** Gives a node nothing more until it is resumed. */
  public NodeView drain(String node) throws IOException, InterruptedException {
    return send(request("nodes/" + node + "/drain").POST(BodyPublishers.noBody()), NodeView.class);
  }

  /** Lets a node take work again. */
  public NodeView resume(String node) throws IOException, InterruptedException {
    return send(request("nodes/" + node + "/resume").POST(BodyPublishers.noBody()), NodeView.class);
  }

  /** Removes a job, its units and its files. */
  public void delete(long id) throws IOException, InterruptedException {
    send(request("jobs/" + id).DELETE(), null);
  }

  /** What is deployed to every node. */
  public List<BundleView> bundles() throws IOException, InterruptedException {
    return List.of(send(request("bundles"), BundleView[].class));
  }

  /** Deploys a bundle, or a program's zip, to every node. */
  public BundleView deploy(Path file) throws IOException, InterruptedException {
    return send(upload("bundles", file), BundleView.class);
  }

  /** Has every node try a bundle, or a program's zip; nothing is kept. */
  public BundleView tryOut(Path file) throws IOException, InterruptedException {
    return send(upload("bundles?dry_run=true", file), BundleView.class);
  }

  private HttpRequest.Builder upload(String path, Path file) throws IOException {
    return request(path)
        .timeout(TIMEOUT_OF_UPLOAD)
        .setHeader("Content-Type", "application/octet-stream")
        .POST(BodyPublishers.ofFile(file));
  }

  /** Removes a bundle from every node. */
  public BundleView undeploy(String sha256) throws IOException, InterruptedException {
    return send(request("bundles/" + sha256).DELETE(), BundleView.class);
  }

  /** The cluster at a glance. */
  public StatusView status() throws IOException, InterruptedException {
    return send(request("status"), StatusView.class);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(TIMEOUT)
        .header("Accept", "application/json, " + Problem.MEDIA_TYPE)
        .header("Content-Type", "application/json");
  }

  private <T> T send(HttpRequest.Builder request, Class<T> type)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new IOException("no server answers at " + server, e);
    }
    if (response.statusCode() / 100 == 2) {
      return type == null ? null : json.readValue(response.body(), type);
    }
    throw problem(response);
  }

  private IOException problem(HttpResponse<byte[]> response) {
    var type = response.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith(Problem.MEDIA_TYPE)) {
      try {
        return new ServerProblemException(json.readValue(response.body(), Problem.class));
      } catch (IOException e) {
        return e;
      }
    }
    return new IOException(
        server + " answered with HTTP " + response.statusCode() + "; is it a CloudCrowd server?");
  }
}
