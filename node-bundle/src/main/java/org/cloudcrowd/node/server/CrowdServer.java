package org.cloudcrowd.node.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.LogReport;
import org.cloudcrowd.protocol.node.Poll;
import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.peer.PeerUrl;

/** Talks to a server of ours, in JSON. */
final class CrowdServer implements ServerProtocol {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(40);
  private static final int NO_CONTENT = 204;

  private final ServerLink link;
  private final ObjectMapper json = WireJson.newMapper();

  CrowdServer(ServerLink link) {
    this.link = link;
  }

  @Override
  public HeartbeatReply heartbeat(String node, Heartbeat heartbeat, Duration timeout)
      throws IOException, InterruptedException {
    var request = link.request("node/" + PeerUrl.segment(node)).timeout(timeout);
    return json.readValue(
        link.send(request.PUT(body(heartbeat)).build()).body(), HeartbeatReply.class);
  }

  @Override
  public ReportReply report(ResultReport report) throws IOException, InterruptedException {
    return json.readValue(
        link.send(link.request("work").PUT(body(report)).build()).body(), ReportReply.class);
  }

  @Override
  public void keep(LogReport report) throws IOException, InterruptedException {
    link.send(link.request("work/logs").PUT(body(report)).build());
  }

  /**
   * Asks for units, and waits for them some seconds.
   *
   * @return a batch, or null where there is none yet
   * @throws IOException if the server did not answer, or not as a server does
   */
  Dispatch poll(String node, String incarnation) throws IOException, InterruptedException {
    var response =
        link.send(
            link.request("poll/" + PeerUrl.segment(node))
                .timeout(LONGEST_POLL)
                .POST(body(new Poll(incarnation)))
                .build());
    return response.statusCode() == NO_CONTENT
        ? null
        : json.readValue(response.body(), Dispatch.class);
  }

  private HttpRequest.BodyPublisher body(Object message) throws ServerLink.RefusedException {
    try {
      return BodyPublishers.ofByteArray(json.writeValueAsBytes(message));
    } catch (JsonProcessingException e) {
      throw new ServerLink.RefusedException(
          "it cannot be written as JSON: " + JsonFaults.sentence(e));
    }
  }
}
