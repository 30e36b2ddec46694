package org.cloudcrowd.server.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.endpoint.Credentials;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.DispatchReply;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.settings.ServerSettings;
import org.cloudcrowd.store.Lease;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends units to Ruby nodes, one in each request. May be used by any number of threads. */
@Component(service = RubyNodeClient.class)
public final class RubyNodeClient {
  private static final Logger log = LoggerFactory.getLogger(RubyNodeClient.class);

  /** The prefix of the tokens of Ruby nodes' leases, by which they are recognized. */
  private static final String TOKEN_PREFIX = "ruby-";

  private static final int OK = 200;
  private static final int OVERLOADED = 503;
  private static final int MAX_DOUBTFUL = 10_000;

  private final ObjectMapper json = WireJson.newMapper();
  private final Credentials credentials;
  private final Duration timeout;
  private final HttpClient http;
  private final Set<String> doubtful = Collections.synchronizedSet(newestMarks());

  /**
   * @param settings has the timeout of answers
   */
  @Activate
  public RubyNodeClient(@Reference ServerSettings settings, @Reference Credentials credentials) {
    this.credentials = credentials;
    timeout = Duration.ofSeconds(settings.configuration().dispatch__timeout__seconds());
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** The oldest are removed: their leases have ended long ago. */
  private static Set<String> newestMarks() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_DOUBTFUL;
          }
        });
  }

  /** Makes the token of a lease for a Ruby node. */
  public static String token(String random) {
    return TOKEN_PREFIX + random;
  }

  /** Whether a lease was made for a Ruby node. */
  public static boolean isForRuby(Lease lease) {
    return lease.token().startsWith(TOKEN_PREFIX);
  }

  /** Whether it is not known that the node has the unit of the lease: it gave no answer. */
  public boolean isDoubtful(Lease lease) {
    return doubtful.contains(mark(lease.unitId(), lease.attempt()));
  }

  private static String mark(long unitId, int attempt) {
    return unitId + "/" + attempt;
  }

  /**
   * Sends units until the node rejects one.
   *
   * @return which units it took; fails with a {@link ConnectException} where no connection was made
   */
  CompletableFuture<DispatchReply> send(LiveNode node, Dispatch dispatch) {
    return send(node, dispatch.units(), 0, new ArrayList<>());
  }

  private CompletableFuture<DispatchReply> send(
      LiveNode node, List<Dispatch.Unit> units, int next, List<Long> accepted) {
    if (next == units.size()) {
      return CompletableFuture.completedFuture(new DispatchReply(accepted, List.of()));
    }
    var unit = units.get(next);
    return PeerUrls.of(node.name(), "/work")
        .thenCompose(url -> http.sendAsync(request(url, unit), BodyHandlers.ofByteArray()))
        .handle(Answer::new)
        .thenCompose(
            answer -> {
              if (answer.failure() != null) {
                return withoutAnswer(units, next, accepted, Unanswered.cause(answer.failure()));
              }
              if (answer.response().statusCode() != OK) {
                return refused(units, next, accepted, answer.response());
              }
              accepted.add(unit.lease().workUnitId());
              node.runs(unit.lease().workUnitId(), pid(answer.response()));
              return send(node, units, next + 1, accepted);
            });
  }

  private record Answer(HttpResponse<byte[]> response, Throwable failure) {}

  private static CompletableFuture<DispatchReply> refused(
      List<Dispatch.Unit> units, int next, List<Long> accepted, HttpResponse<byte[]> response) {
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
      List<Dispatch.Unit> units, int next, List<Long> accepted, Throwable cause) {
    if (cause instanceof ConnectException && next == 0) {
      return CompletableFuture.failedFuture(cause);
    }
    int notSent = cause instanceof ConnectException ? next : next + 1;
    if (notSent > next) {
      var lease = units.get(next).lease();
      doubtful.add(mark(lease.workUnitId(), lease.attempt()));
      log.warn("A Ruby node did not say whether it took {}: {}", lease, Unanswered.reason(cause));
    }
    return CompletableFuture.completedFuture(
        new DispatchReply(accepted, ids(units.subList(notSent, units.size()))));
  }

  private static List<Long> ids(List<Dispatch.Unit> units) {
    return units.stream().map(unit -> unit.lease().workUnitId()).toList();
  }

  private long pid(HttpResponse<byte[]> response) {
    try {
      return json.readTree(response.body()).path("pid").asLong();
    } catch (IOException e) {
      return 0;
    }
  }

  private HttpRequest request(URI url, Dispatch.Unit unit) {
    try {
      var form =
          new Form()
              .with(
                  "work_unit",
                  json.writeValueAsString(
                      new RubyUnit(
                          unit.lease().workUnitId(),
                          unit.jobId(),
                          RubyUnit.input(unit.input()),
                          unit.lease().attempt() - 1,
                          unit.action(),
                          unit.options(),
                          unit.stage().code())));
      var request =
          HttpRequest.newBuilder(url)
              .timeout(timeout)
              .header("Content-Type", Form.MEDIA_TYPE)
              .POST(BodyPublishers.ofString(form.encode()));
      credentials.addTo(request);
      return request.build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
