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
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.LogReport;
import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.unit.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks the protocol of the Ruby original with its server. The node checks in every five minutes,
 * and when it becomes busy or ceases to be; there are no leases, and each result is a request. Safe
 * for use by any number of threads.
 */
public final class RubyServer implements ServerProtocol {
  private static final Logger log = LoggerFactory.getLogger(RubyServer.class);
  private static final long EVERY_NANOS = Duration.ofMinutes(5).toNanos();
  private static final int NOT_FOUND = 404;
  private static final int MAX_PID = Integer.MAX_VALUE - 1;
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * How long a request of the server is waited for; an answer that cannot be written has failed by
   * then.
   */
  private static final long LONGEST_ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

  private static final int LOOK_MILLIS = 10;

  private final ServerLink link;
  private final ObjectMapper json = WireJson.newMapper();
  private RubyCheckIn told;
  private long toldAt;

  /**
   * Whether the server takes this node for overloaded, since its request was answered so. It is not
   * guarded by the lock of this object, which is held during the node's own requests: an answer
   * must not wait for those, because the server may handle one request at a time.
   */
  private final AtomicBoolean overloaded = new AtomicBoolean();

  /**
   * The units that the server has given to this node and whose result it has not got, and when the
   * result may be sent: the server records the node of a unit only after it has read the node's
   * answer, and a result that arrives before that occupies a slot of the node for ever.
   */
  private final Map<Lease, Taken> taken = new ConcurrentHashMap<>();

  private final AtomicInteger pids = new AtomicInteger(firstPid());
  private final long pauseNanos;

  /** Whether the server has released the units of the node process before this one. */
  private volatile boolean hasSignedOff;

  private static final class Taken {
    private final int pid;
    private volatile long answeredAt = NEVER;

    private Taken(int pid) {
      this.pid = pid;
    }
  }

  RubyServer(ServerLink link, Duration reportPause) {
    this.link = link;
    pauseNanos = reportPause.toNanos();
  }

  /** The original stores them in a column of 32 bits. */
  private static int firstPid() {
    return (int) (ProcessHandle.current().pid() & MAX_PID);
  }

  /** Whether this node takes units: not before the server has released earlier ones. */
  public boolean mayGive() {
    return hasSignedOff;
  }

  /**
   * Records that a unit is about to be taken. Its result is reported only some time after {@link
   * #hasAnswered}.
   *
   * @return the number that the server gets as the process id of its worker, which no other unit
   *     has
   */
  public int take(Lease lease) {
    return taken.computeIfAbsent(
            lease, one -> new Taken(pids.updateAndGet(pid -> pid % MAX_PID + 1)))
        .pid;
  }

  /** Records that the unit was not taken. */
  public void refuse(Lease lease) {
    taken.remove(lease);
  }

  /** Records that the request by which the server gave a unit is over. */
  public void hasAnswered(Lease lease) {
    var answered = taken.get(lease);
    if (answered != null) {
      answered.answeredAt = System.nanoTime();
    }
  }

  /** Records that the server was answered that this node is overloaded. */
  public void saidOverloaded() {
    overloaded.set(true);
  }

  @Override
  public synchronized HeartbeatReply heartbeat(String node, Heartbeat heartbeat, Duration timeout)
      throws IOException, InterruptedException {
    if (!hasSignedOff) {
      // The server releases the units of a node only when the node leaves, which a killed node has
      // not done.
      link.send(
          link.request("node/" + PeerUrl.segment(node)).timeout(timeout).DELETE().build(),
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
      tell(node, now, timeout);
    }
    return new HeartbeatReply(Integer.MAX_VALUE, null, List.of(), null, null);
  }

  private void tell(String node, RubyCheckIn now, Duration timeout)
      throws IOException, InterruptedException {
    var request =
        link.request("node/" + PeerUrl.segment(node))
            .timeout(timeout)
            .setHeader("Content-Type", Form.MEDIA_TYPE)
            .PUT(BodyPublishers.ofString(now.form().encode()));
    // Reset before it is sent: an overload that is answered after that needs another check-in.
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

  /** Records that the server is another one now, or was restarted. */
  synchronized void forget() {
    told = null;
  }

  /**
   * Sends results, one by one.
   *
   * @throws IOException if the server did not answer one of them; those that were answered are not
   *     sent again
   */
  @Override
  public ReportReply report(ResultReport report) throws IOException, InterruptedException {
    var rejected = new ArrayList<Long>();
    IOException unheard = null;
    for (ResultReport.Result result : report.results()) {
      try {
        if (!isHeard(result)) {
          rejected.add(result.lease().unitId());
        }
      } catch (ServerLink.RefusedException e) {
        log.warn("The server will never take the result of {}: {}", result.lease(), e.getMessage());
        taken.remove(result.lease());
      } catch (IOException e) {
        // The other results are still sent.
        unheard = e;
      }
    }
    tellOfRoom(report.node());
    if (unheard != null) {
      throw unheard;
    }
    return new ReportReply(rejected);
  }

  /** Does nothing: a Ruby server stores no logs. */
  @Override
  public void keep(LogReport report) {}

  /** Sends a result that the server has not got yet; returns whether the server accepted it. */
  private boolean isHeard(ResultReport.Result result) throws IOException, InterruptedException {
    var known = taken.get(result.lease());
    if (known == null) {
      return true;
    }
    awaitAnswer(known);
    var request =
        link.request("work/" + result.lease().unitId())
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
        result.lease().unitId(),
        pid,
        result.time(),
        succeeded,
        succeeded
            ? result.output()
            : TextNode.valueOf(Objects.requireNonNullElse(result.message(), "")));
  }
}
