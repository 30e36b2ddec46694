package org.cloudcrowd.node.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.CheckInReply;
import org.cloudcrowd.protocol.server.ReportReply;
import org.cloudcrowd.protocol.server.ResultReport;
import org.cloudcrowd.protocol.server.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the words of the Ruby original what this node has to say to its server. That one hears of
 * it every five minutes, and when it becomes busy or ceases to be; it gives no leases, and takes a
 * result a request. Safe for use by any number of threads.
 */
final class RubyServer {
  private static final Logger log = LoggerFactory.getLogger(RubyServer.class);
  private static final long EVERY_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int NOT_FOUND = 404;

  private final ServerLink link;
  private final ObjectMapper json = WireJson.newMapper();
  private RubyCheckIn told;
  private long toldAt;

  /**
   * Whether the server believes that this node takes nothing. It is told so by an answer to it, and
   * must not wait for that until what this node asks it meanwhile is answered: it may do one thing
   * at a time.
   */
  private final AtomicBoolean overloaded = new AtomicBoolean();

  RubyServer(ServerLink link) {
    this.link = link;
  }

  /** The server was told that this node takes nothing, and believes it until it hears otherwise. */
  void saidOverloaded() {
    overloaded.set(true);
  }

  synchronized CheckInReply checkIn(String node, CheckIn checkIn, Duration patience)
      throws IOException, InterruptedException {
    boolean full = checkIn.leases().size() >= checkIn.maxWorkers();
    var now =
        new RubyCheckIn(
            checkIn.busy() != null,
            checkIn.tag(),
            checkIn.maxWorkers(),
            checkIn.actions().stream().map(ActionOffer::name).distinct().sorted().toList());
    boolean hasRoomAgain = overloaded.get() && checkIn.busy() == null && !full;
    if (hasRoomAgain || !now.equals(told) || System.nanoTime() - toldAt > EVERY_NANOS) {
      tell(node, now, patience);
    }
    return new CheckInReply(Integer.MAX_VALUE, null, List.of(), null, null);
  }

  private void tell(String node, RubyCheckIn now, Duration patience)
      throws IOException, InterruptedException {
    var request =
        link.request("node/" + PeerUrl.segment(node))
            .timeout(patience)
            .setHeader("Content-Type", Form.MEDIA_TYPE)
            .PUT(BodyPublishers.ofString(now.form().encode()));
    // Before it is sent: what the server is told after that must be taken back again.
    boolean wasOverloaded = overloaded.getAndSet(false);
    try {
      link.send(request.build());
    } catch (IOException e) {
      overloaded.compareAndSet(false, wasOverloaded);
      throw e;
    }
    told = now;
    toldAt = System.nanoTime();
  }

  /** The server is another one now, or the same anew. */
  synchronized void forget() {
    told = null;
  }

  /**
   * Sends results, one by one.
   *
   * @throws IOException if the server did not answer one of them; those before it may be sent again
   */
  ReportReply report(ResultReport report) throws IOException, InterruptedException {
    var refused = new ArrayList<Long>();
    for (ResultReport.Result result : report.results()) {
      long unit = result.lease().workUnitId();
      var request =
          link.request("work/" + unit)
              .setHeader("Content-Type", Form.MEDIA_TYPE)
              .PUT(BodyPublishers.ofString(onItsWire(result).form(json).encode()));
      if (link.send(request.build(), NOT_FOUND).statusCode() == NOT_FOUND) {
        refused.add(unit);
      }
    }
    tellOfRoom(report.node());
    return new ReportReply(refused);
  }

  private synchronized void tellOfRoom(String node) throws InterruptedException {
    if (overloaded.get() && told != null && !told.busy()) {
      try {
        tell(node, told, ServerLink.TIMEOUT);
      } catch (IOException e) {
        // The next heartbeat tells it.
        log.debug("The server does not hear of this node's room", e);
      }
    }
  }

  private static RubyResult onItsWire(ResultReport.Result result) {
    boolean succeeded = result.status() == Status.SUCCEEDED;
    return new RubyResult(
        result.lease().workUnitId(),
        result.worker(),
        result.time(),
        succeeded,
        succeeded ? result.output() : TextNode.valueOf(String.valueOf(result.message())));
  }
}
