package org.cloudcrowd.itests.cluster.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.Crowd;

/**
 * A cluster of real processes that work while faults are injected: servers and nodes, each reached
 * through a proxy, and the database.
 */
public final class Campaign implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LOOK_EVERY_MILLIS = 20;

  private final Plan plan;
  private final Crowd crowd = new Crowd();
  private final Random random;
  private final RealPostgres postgres;
  private final List<Server> servers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /**
   * What to do.
   *
   * @param database {@code postgres} or {@code derby}
   * @param servers how many servers; one on Derby
   * @param nodes how many nodes
   * @param units how many work units to run, at least
   * @param faults how many faults to inject while they run
   * @param seed of the choice of faults
   */
  public record Plan(String database, int servers, int nodes, int units, int faults, long seed) {
    boolean isPostgres() {
      return database.equals("postgres");
    }
  }

  private static final class Server {
    private final int port;
    private final Path data;
    private final FaultyProxy proxy;
    private final CrowdClient client;
    private Crowd.Running process;

    private Server(Path data) throws IOException {
      this.data = data;
      port = Ports.free();
      proxy = new FaultyProxy(port);
      client = new CrowdClient(URI.create("http://127.0.0.1:" + proxy.port() + "/"));
    }
  }

  private static final class Node {
    private final int port;
    private final Path data;
    private final FaultyProxy proxy;
    private Crowd.Running process;

    private Node(Path data) throws IOException {
      this.data = data;
      port = Ports.free();
      proxy = new FaultyProxy(port);
    }
  }

  /** Starts everything. */
  public Campaign(Plan plan) throws Exception {
    this.plan = plan;
    random = new Random(plan.seed());
    crowd.open();
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "4");
    crowd.configure("org.cloudcrowd.server.cfg", "dispatch_timeout_seconds", "3");
    crowd.configure("org.cloudcrowd.server.cfg", "max_node_losses", "1000");
    crowd.configure("org.cloudcrowd.server.cfg", "max_attempts", "50");
    crowd.configure("org.cloudcrowd.server.cfg", "backoff_millis", "50");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
    crowd.configure("org.cloudcrowd.store.cfg", "connection_timeout_seconds", "5");
    postgres = plan.isPostgres() ? new RealPostgres() : null;
    for (int i = 1; i <= plan.servers(); i++) {
      var server = new Server(crowd.folder().resolve("server-" + i));
      servers.add(server);
      start(server);
    }
    for (int i = 1; i <= plan.nodes(); i++) {
      var node = new Node(crowd.folder().resolve("node-" + i));
      nodes.add(node);
      start(node);
    }
  }

  private void start(Server server) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "server", "-p", Integer.toString(server.port), "--data", server.data.toString()));
    if (postgres != null) {
      arguments.addAll(List.of("--database", postgres.url()));
    }
    server.process = crowd.start(arguments.toArray(String[]::new));
  }

  private void start(Node node) throws IOException {
    var urls =
        servers.stream().map(server -> "http://127.0.0.1:" + server.proxy.port() + "/").toList();
    node.process =
        crowd.start(
            "node",
            "--node-port",
            Integer.toString(node.port),
            "--name",
            "127.0.0.1:" + node.proxy.port(),
            "--server",
            String.join(",", urls),
            "--max-workers",
            "2",
            "--data",
            node.data.toString());
  }

  /** A folder for ledgers. */
  Path folder() {
    return crowd.folder();
  }

  /** A client of any server, through its proxy. */
  CrowdClient client(int turn) {
    return servers.get(Math.floorMod(turn, servers.size())).client;
  }

  /** The logs of the servers. */
  List<Path> serverLogs() {
    return servers.stream().map(server -> server.data.resolve("log/crowd.log")).toList();
  }

  /** The faults of this plan: every kind once, if there are as many, and then any. */
  private List<Fault> sequence() {
    var kinds = List.of(Fault.values());
    var faults = new ArrayList<>(kinds);
    Collections.shuffle(faults, random);
    while (faults.size() < plan.faults()) {
      faults.add(kinds.get(random.nextInt(kinds.size())));
    }
    return faults.subList(0, plan.faults());
  }

  /** A fault that hits an idle cluster shows nothing. */
  private static void awaitRunningUnits(Workload workload) throws Exception {
    long before = workload.ledgerBytes();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (workload.ledgerBytes() == before && !workload.isOver() && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** Injects a fault somewhere, and mends what must be mended for the next. */
  private Fault inject(Fault kind) throws Exception {
    var fault = kind;
    if (fault == Fault.KILL_DATABASE && postgres == null) {
      fault = Fault.KILL_SERVER;
    }
    var server = servers.get(random.nextInt(servers.size()));
    var node = nodes.get(random.nextInt(nodes.size()));
    switch (fault) {
      case KILL_WORKER ->
          node.process.workers().stream().findAny().ifPresent(ProcessHandle::destroyForcibly);
      case KILL_NODE -> {
        node.process.kill();
        start(node);
      }
      case STOP_NODE -> {
        node.process.signal("STOP");
        pause(1000 + random.nextInt(8000));
        node.process.signal("CONT");
      }
      case KILL_SERVER -> {
        server.process.kill();
        start(server);
      }
      case KILL_DATABASE -> postgres.killAndRestart();
      case CUT_SERVER -> weather(server.proxy, FaultyProxy.Weather.CUT);
      case CUT_NODE -> weather(node.proxy, FaultyProxy.Weather.CUT);
      case LOSE_REPLIES_OF_SERVER -> weather(server.proxy, FaultyProxy.Weather.REPLIES_LOST);
      case LOSE_REPLIES_OF_NODE -> weather(node.proxy, FaultyProxy.Weather.REPLIES_LOST);
      case SLOW_SERVER -> weather(server.proxy, FaultyProxy.Weather.SLOW);
    }
    return fault;
  }

  private void weather(FaultyProxy proxy, FaultyProxy.Weather weather) throws InterruptedException {
    proxy.change(weather);
    pause(500 + random.nextInt(2500));
    proxy.change(FaultyProxy.Weather.FAIR);
  }

  /** How long a fault lasts is part of the fault, not a wait for anything. */
  private static void pause(int millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
  }

  /** Runs the plan, and says what came of it. */
  public Report run() throws Exception {
    var workload = new Workload(this, plan.units());
    var faults = new FaultLog();
    workload.start();
    for (Fault next : sequence()) {
      awaitRunningUnits(workload);
      if (workload.isOver()) {
        break;
      }
      faults.add(inject(next));
    }
    workload.awaitEnd();
    return new Check(this, workload).report(faults);
  }

  @Override
  public void close() throws Exception {
    crowd.close();
    for (Server server : servers) {
      server.proxy.close();
    }
    for (Node node : nodes) {
      node.proxy.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}
