package org.cloudcrowd.node.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.server.AdvertisedAction;
import org.cloudcrowd.protocol.server.Heartbeat;
import org.cloudcrowd.protocol.server.HeartbeatReply;
import org.cloudcrowd.protocol.server.Lease;
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
final class RubyServerForms {
  private static final Logger log = LoggerFactory.getLogger(RubyServerForms.class);
  private static final long EVERY_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int NOT_FOUND = 404;
  private static final int MAX_PID = Integer.MAX_VALUE - 1;
  private static final long NEVER = Long.MIN_VALUE;

  /** An answer that cannot be written is over by then. */
  private static final long LONGEST_ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int LOOK_MILLIS = 10;

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

  /**
   * The units that it has given to this node and of which it has not heard the result, and when it
   * may: it writes down whom it gave a unit to only after it has read the node's answer, and a
   * result that comes before that fills the node's places for ever.
   */
  private final Map<Lease, Taken> taken = new ConcurrentHashMap<>();

  private final AtomicInteger pids = new AtomicInteger(firstPid());
  private final long pauseNanos;

  /** Whether it was told that this process has none of the units of the one before. */
  private volatile boolean hasSignedOff;

  private static final class Taken {
    private final int pid;
    private volatile long answeredAt = NEVER;

    private Taken(int pid) {
      this.pid = pid;
    }
  }

  RubyServerForms(ServerLink link, Duration reportPause) {
    this.link = link;
    pauseNanos = reportPause.toNanos();
  }

  /** The original keeps them in a column of 32 bits. */
  private static int firstPid() {
    return (int) (ProcessHandle.current().pid() & MAX_PID);
  }

  /** Whether this node may be given units: not before the server has let go of earlier ones. */
  boolean mayGive() {
    return hasSignedOff;
  }

  /**
   * A unit is about to be taken.
   *
   * @return the number by which the server is to know its worker, which no other unit has
   */
  int take(Lease lease) {
    return taken.computeIfAbsent(
            lease, one -> new Taken(pids.updateAndGet(pid -> pid % MAX_PID + 1)))
        .pid;
  }

  /** It was not taken. */
  void refuse(Lease lease) {
    taken.remove(lease);
  }

  /** The server has the answer to the request by which it gave a unit. */
  void hasAnswered(Lease lease) {
    var answered = taken.get(lease);
    if (answered != null) {
      answered.answeredAt = System.nanoTime();
    }
  }

  /** The server was told that this node takes nothing, and believes it until it hears otherwise. */
  void saidOverloaded() {
    overloaded.set(true);
  }

  synchronized HeartbeatReply heartbeat(String node, Heartbeat heartbeat, Duration patience)
      throws IOException, InterruptedException {
    if (!hasSignedOff) {
      // It releases the units of a node only when that leaves; one that was killed has not.
      link.send(
          link.request("node/" + PeerUrl.segment(node)).timeout(patience).DELETE().build(),
          NOT_FOUND);
      hasSignedOff = true;
    }
    boolean full = heartbeat.leases().size() >= heartbeat.maxWorkers();
    var now =
        new RubyCheckIn(
            heartbeat.busy() != null,
            heartbeat.tag(),
            heartbeat.maxWorkers(),
            heartbeat.actions().stream().map(AdvertisedAction::name).distinct().sorted().toList());
    boolean hasRoomAgain = overloaded.get() && heartbeat.busy() == null && !full;
    if (hasRoomAgain || !now.equals(told) || System.nanoTime() - toldAt > EVERY_NANOS) {
      tell(node, now, patience);
    }
    return new HeartbeatReply(Integer.MAX_VALUE, null, List.of(), null, null);
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
   * @throws IOException if the server did not answer one of them; those that it has heard are not
   *     sent again
   */
  ReportReply report(ResultReport report) throws IOException, InterruptedException {
    var rejected = new ArrayList<Long>();
    IOException unheard = null;
    for (ResultReport.Result result : report.results()) {
      try {
        if (!isHeard(result)) {
          rejected.add(result.lease().workUnitId());
        }
      } catch (ServerLink.RefusedException e) {
        log.warn("The server will never take the result of {}: {}", result.lease(), e.getMessage());
        taken.remove(result.lease());
      } catch (IOException e) {
        // The others are not held up by it.
        unheard = e;
      }
    }
    tellOfRoom(report.node());
    if (unheard != null) {
      throw unheard;
    }
    return new ReportReply(rejected);
  }

  /** Whether the server wants the result; one that it has heard already it is not told again. */
  private boolean isHeard(ResultReport.Result result) throws IOException, InterruptedException {
    var known = taken.get(result.lease());
    if (known == null) {
      return true;
    }
    awaitAnswer(known);
    var request =
        link.request("work/" + result.lease().workUnitId())
            .setHeader("Content-Type", Form.MEDIA_TYPE)
            .PUT(BodyPublishers.ofString(onItsWire(result, known.pid).form(json).encode()));
    boolean isWanted = link.send(request.build(), NOT_FOUND).statusCode() != NOT_FOUND;
    taken.remove(result.lease());
    return isWanted;
  }

  private void awaitAnswer(Taken unit) throws InterruptedException {
    long start = System.nanoTime();
    while (unit.answeredAt == NEVER && System.nanoTime() - start < LONGEST_ANSWER_NANOS) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    long answeredAt = unit.answeredAt;
    if (answeredAt != NEVER) {
      TimeUnit.NANOSECONDS.sleep(answeredAt + pauseNanos - System.nanoTime());
    }
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

  private static RubyResult onItsWire(ResultReport.Result result, int pid) {
    boolean succeeded = result.status() == Status.SUCCEEDED;
    return new RubyResult(
        result.lease().workUnitId(),
        pid,
        result.time(),
        succeeded,
        succeeded
            ? result.output()
            : TextNode.valueOf(Objects.requireNonNullElse(result.message(), "")));
  }
}
