package org.cloudcrowd.server.transports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.server.nodes.LiveNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends units to Ruby nodes, one in each request. May be used by any number of threads. */
@Component(service = RubyForms.class)
public final class RubyForms implements NodeTransport {
  private static final Logger log = LoggerFactory.getLogger(RubyForms.class);

  /** The prefix of the tokens of Ruby nodes' leases, by which they are recognized. */
  private static final String TOKEN_PREFIX = "ruby-";

  private static final int OK = 200;
  private static final int OVERLOADED = 503;

  private final ObjectMapper json = WireJson.newMapper();
  private final NodeHttp http;
  private final RecentSet<Lease> doubtful = new RecentSet<>();

  @Activate
  public RubyForms(@Reference NodeHttp http) {
    this.http = http;
  }

  @Override
  public boolean isOpen(LiveNode node) {
    return true;
  }

  @Override
  public String token(String random) {
    return TOKEN_PREFIX + random;
  }

  /** Does nothing: a Ruby node sends no heartbeats. */
  @Override
  public CompletableFuture<Void> requestHeartbeat(LiveNode node) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Trial.Outcome> tryOut(LiveNode node, Trial trial) {
    return CompletableFuture.completedFuture(null);
  }

  /** Whether a lease was made for a Ruby node. */
  public static boolean isForRuby(Lease lease) {
    return lease.token().startsWith(TOKEN_PREFIX);
  }

  /** Whether it is not known that the node has the unit of the lease: it gave no answer. */
  public boolean isDoubtful(Lease lease) {
    return doubtful.contains(lease);
  }

  /**
   * Sends units until the node rejects one.
   *
   * @return which units it took; fails with a {@link ConnectException} where no connection was made
   */
  @Override
  public CompletableFuture<DispatchReply> send(LiveNode node, Dispatch dispatch) {
    return send(node, dispatch.units(), 0, new ArrayList<>());
  }

  private CompletableFuture<DispatchReply> send(
      LiveNode node, List<UnitOrder> units, int next, List<Long> accepted) {
    if (next == units.size()) {
      return CompletableFuture.completedFuture(new DispatchReply(accepted, List.of()));
    }
    var unit = units.get(next);
    return http.post(node.name(), "/work", Form.MEDIA_TYPE, () -> form(unit))
        .handle(Answer::new)
        .thenCompose(
            answer -> {
              if (answer.failure() != null) {
                return withoutAnswer(units, next, accepted, Unanswered.cause(answer.failure()));
              }
              if (answer.response().statusCode() != OK) {
                return refused(units, next, accepted, answer.response());
              }
              accepted.add(unit.lease().unitId());
              node.runs(unit.lease().unitId(), pid(answer.response()));
              return send(node, units, next + 1, accepted);
            });
  }

  private record Answer(HttpResponse<byte[]> response, Throwable failure) {}

  private static CompletableFuture<DispatchReply> refused(
      List<UnitOrder> units, int next, List<Long> accepted, HttpResponse<byte[]> response) {
    if (response.statusCode() != OVERLOADED) {
      log.warn("{} answered a work unit with HTTP {}", response.uri(), response.statusCode());
    }
    return CompletableFuture.completedFuture(
        new DispatchReply(accepted, ids(units.subList(next, units.size()))));
  }

  /**
   * Where no connection was made, nothing was sent; otherwise the node may be running this unit.
   */
  private CompletableFuture<DispatchReply> withoutAnswer(
      List<UnitOrder> units, int next, List<Long> accepted, Throwable cause) {
    if (cause instanceof ConnectException && next == 0) {
      return CompletableFuture.failedFuture(cause);
    }
    int notSent = cause instanceof ConnectException ? next : next + 1;
    if (notSent > next) {
      var lease = units.get(next).lease();
      doubtful.add(lease);
      log.warn("A Ruby node did not say whether it took {}: {}", lease, Unanswered.reason(cause));
    }
    return CompletableFuture.completedFuture(
        new DispatchReply(accepted, ids(units.subList(notSent, units.size()))));
  }

  private static List<Long> ids(List<UnitOrder> units) {
    return units.stream().map(unit -> unit.lease().unitId()).toList();
  }

  private long pid(HttpResponse<byte[]> response) {
    try {
      return json.readTree(response.body()).path("pid").asLong();
    } catch (IOException e) {
      return 0;
    }
  }

  private byte[] form(UnitOrder unit) {
    try {
      return new Form()
          .with(
              "work_unit",
              json.writeValueAsString(
                  new RubyUnit(
                      unit.lease().unitId(),
                      unit.jobId(),
                      RubyUnit.input(unit.input()),
                      unit.lease().attempt() - 1,
                      unit.action(),
                      unit.options(),
                      Status.of(unit.stage()).code())))
          .encode()
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
