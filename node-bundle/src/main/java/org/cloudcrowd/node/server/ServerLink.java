package org.cloudcrowd.node.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cloudcrowd.endpoint.Credentials;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.node.HeartbeatReply;
import org.cloudcrowd.protocol.node.LogReport;
import org.cloudcrowd.protocol.node.ReportReply;
import org.cloudcrowd.protocol.node.ResultReport;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.server.Problem;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the node's requests to a server over kept-alive HTTP: to any of the configured servers, and
 * to the next where one does not answer. May be used by any number of threads.
 */
@Component(service = ServerLink.class)
public final class ServerLink {
  /** The filter of the condition that a server in this container is ready. */
  public static final String SERVER_READY = "(osgi.condition.id=org.cloudcrowd.server)";

  static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(ServerLink.class);
  private static final Duration TIMEOUT_OF_FILE = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  private final ObjectMapper json = WireJson.newMapper();
  private final Credentials credentials;
  private final List<URI> configured;
  private final AtomicInteger turn = new AtomicInteger();
  private final CrowdServer crowd = new CrowdServer(this);
  private final RubyServer ruby;

  /** The protocols of the servers, as far as they are known. */
  private final Map<URI, ServerProtocol> protocols = new ConcurrentHashMap<>();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  @Reference(
      target = SERVER_READY,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  private volatile ServiceReference<Condition> serverBeside;

  @Activate
  public ServerLink(
      @Reference NodeSettings settings, BundleContext context, @Reference Credentials credentials) {
    var configuration = settings.configuration();
    this.credentials = credentials;
    ruby = new RubyServer(this, Duration.ofMillis(configuration.ruby_report__pause__millis()));
    try {
      configured =
          Arrays.stream(configuration.server().split(",", -1))
              .filter(url -> !url.isBlank())
              .map(PeerUrl::parse)
              .toList();
    } catch (IllegalArgumentException e) {
      context.registerService(
          Condition.class,
          Condition.INSTANCE,
          FrameworkUtil.asDictionary(
              Map.of(
                  Condition.CONDITION_ID,
                  "org.cloudcrowd.fault",
                  "message",
                  "server of etc/org.cloudcrowd.node.cfg, or --server: " + e.getMessage())));
      throw e;
    }
  }

  /**
   * The URL of the server: the configured one that answered last, or the one in this container.
   *
   * @throws IOException if the server is to be in this container and is not ready
   */
  private URI server() throws IOException {
    if (!configured.isEmpty()) {
      return configured.get(Math.floorMod(turn.get(), configured.size()));
    }
    var beside = serverBeside;
    if (beside == null) {
      throw new IOException("the server in this container is not ready yet");
    }
    return URI.create((String) beside.getProperty("url"));
  }

  /**
   * Who can reach the server.
   *
   * @param loopback whether the server listens at loopback addresses only
   */
  public ServerExposure exposure(boolean loopback) {
    if (loopback) {
      return ServerExposure.LOOPBACK;
    }
    return isOnThisMachine() ? ServerExposure.THIS_MACHINE : ServerExposure.ELSEWHERE;
  }

  private boolean isOnThisMachine() {
    if (configured.isEmpty()) {
      return true;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(PeerUrl.host(server()))) {
        if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the server is to be in this container, and is not ready yet. */
  public boolean isAwaited() {
    return configured.isEmpty() && serverBeside == null;
  }

  /**
   * Sends a heartbeat.
   *
   * @param timeout how long the answer may take
   * @throws IOException if the server did not answer, or not as a server does
   */
  public HeartbeatReply heartbeat(String node, Heartbeat heartbeat, Duration timeout)
      throws IOException, InterruptedException {
    return protocol().heartbeat(node, heartbeat, timeout);
  }

  /**
   * Tells the server that the node leaves.
   *
   * @throws IOException if the server did not answer, or not as a server does
   */
  public void leave(String node) throws IOException, InterruptedException {
    send(request("node/" + PeerUrl.segment(node)).DELETE().build());
  }

  /**
   * Sends results.
   *
   * @throws RefusedException if the server will never accept them
   * @throws IOException if the server did not answer, or not as a server does
   */
  ReportReply report(ResultReport report) throws IOException, InterruptedException {
    return protocol().report(report);
  }

  /**
   * Sends what running units have printed, where the server stores logs.
   *
   * @throws RefusedException if the server will never accept it
   * @throws IOException if the server did not answer, or not as a server does
   */
  public void keep(LogReport report) throws IOException, InterruptedException {
    protocol().keep(report);
  }

  /**
   * Asks for units, and waits for them some seconds.
   *
   * @return a batch, or null where there is none yet
   * @throws IOException if the server did not answer, or not as a server does
   */
  Dispatch poll(String node, String incarnation) throws IOException, InterruptedException {
    return crowd.poll(node, incarnation);
  }

  /**
   * Fetches a file.
   *
   * @param path its path on the server
   * @param file the file that it is written to
   * @throws IOException if the server did not answer, or has no such file
   */
  public void fetch(String path, Path file) throws IOException, InterruptedException {
    var response =
        http.send(request(path).timeout(TIMEOUT_OF_FILE).GET().build(), BodyHandlers.ofFile(file));
    if (response.statusCode() != OK) {
      throw new IOException(response.uri() + " answered with HTTP " + response.statusCode());
    }
  }

  /** The protocol of Ruby servers, which give units by requests of their own. */
  public RubyServer ruby() {
    return ruby;
  }

  /** Finds out the protocol of each server once, and again when it was away. */
  private ServerProtocol protocol() throws IOException, InterruptedException {
    var server = server();
    var known = protocols.get(server);
    if (known != null) {
      return known;
    }
    var answer = send(request("heartbeat").GET().build());
    ServerProtocol found = crowd;
    if (answer.headers().firstValue(WireJson.PROTOCOL_HEADER).isEmpty()) {
      log.info("The server at {} is one of the Ruby original", server);
      ruby.forget();
      found = ruby;
    }
    protocols.put(server, found);
    return found;
  }

  HttpRequest.Builder request(String path) throws IOException {
    var request =
        HttpRequest.newBuilder(PeerUrl.connectable(server().resolve(path)))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json");
    credentials.addTo(request);
    return request;
  }

  /**
   * Sends a request, and returns an answer of status 2xx or 409, or of one of the given statuses.
   *
   * @throws IOException in every other case
   */
  HttpResponse<byte[]> send(HttpRequest request, Integer... alsoMeant)
      throws IOException, InterruptedException {
    int turnOfRequest = turn.get();
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      failOver(turnOfRequest);
      throw new IOException("nothing listens at " + request.uri().resolve("/"), e);
    } catch (IOException e) {
      failOver(turnOfRequest);
      throw e;
    }
    int status = response.statusCode();
    if (status / 100 == OK / 100
        || status == CONFLICT
        || Arrays.asList(alsoMeant).contains(status)) {
      return response;
    }
    var detail = "HTTP " + status + detail(response);
    // A server that is just starting answers 404 to everything.
    if (status == BAD_REQUEST || status == TOO_LARGE || status == UNPROCESSABLE) {
      throw new RefusedException(detail);
    }
    failOver(turnOfRequest);
    throw new IOException(detail);
  }

  /** Sends the next request to the next server, unless another thread has changed it already. */
  private void failOver(int turnOfRequest) {
    protocols.clear();
    turn.compareAndSet(turnOfRequest, turnOfRequest + 1);
  }

  private String detail(HttpResponse<byte[]> response) {
    try {
      return ", " + json.readValue(response.body(), Problem.class).detail();
    } catch (IOException e) {
      return "";
    }
  }

  /** The server has refused the request, and will refuse it again. */
  public static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }
}
