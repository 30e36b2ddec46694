package org.cloudcrowd.itests.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.Poll;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;

/**
 * A node that says what a test wants it to, and asks for its work. Safe for any number of threads.
 */
public final class ScriptedNode {
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = WireJson.newMapper();
  private final String name;
  private final String incarnation = UUID.randomUUID().toString();
  private volatile int capacity;

  /** A node of this name, which no server calls back. */
  public ScriptedNode(String name) {
    this.name = name;
  }

  /** Sends a text as JSON. */
  HttpResponse<String> send(URI server, String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build(),
        BodyHandlers.ofString());
  }

  /** A heartbeat that advertises an action without a split stage and names what it holds. */
  public HttpResponse<String> heartbeat(
      URI server, AdvertisedAction action, int capacityNow, Collection<Lease> leases)
      throws IOException, InterruptedException {
    capacity = capacityNow;
    return send(
        server,
        "PUT",
        "node/" + name,
        json.writeValueAsString(
            new Heartbeat(
                incarnation,
                null,
                null,
                "it is scripted",
                capacityNow,
                capacityNow,
                List.of(action),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                List.copyOf(leases))));
  }

  /** Work, or none where none comes. */
  public List<UnitOrder> poll(URI server) throws IOException, InterruptedException {
    var answer =
        send(server, "POST", "poll/" + name, json.writeValueAsString(new Poll(incarnation)));
    return answer.statusCode() == OK
        ? json.readValue(answer.body(), Dispatch.class).units()
        : List.of();
  }

  /** Reports a success of each of the leases. */
  public HttpResponse<String> succeed(URI server, Stage stage, Collection<Lease> leases)
      throws IOException, InterruptedException {
    var results =
        leases.stream()
            .map(
                lease ->
                    new ResultReport.Result(
                        lease,
                        stage,
                        Status.SUCCEEDED,
                        IntNode.valueOf(1),
                        null,
                        null,
                        1,
                        null,
                        0.1))
            .toList();
    return send(
        server,
        "PUT",
        "work",
        json.writeValueAsString(new ResultReport(name, capacity, results, null)));
  }
}
