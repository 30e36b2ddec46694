package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.itests.agent.CrashPoint;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.protocol.server.AdvertisedAction;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.protocol.server.ScheduleRequest;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.protocol.server.UnitView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P2: a process is halted at each boundary between a commit and what depends on it, while jobs run,
 * are cancelled, tried again and deleted; it is started again, and everything ends as it must.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class EveryCrashPointLosesNothing {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final String SCHEDULE = "schedule";

  /** Points that are passed only where no node has reported before. */
  private static final EnumSet<CrashPoint> BEFORE_NODES =
      EnumSet.of(
          CrashPoint.COMMITTED_GIVE_THE_JOB_ITS_ACTION, CrashPoint.COMMITTED_REFUSE_THE_ACTION);

  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path points;
  private Path ledger;
  private final List<Path> deletedFiles = new ArrayList<>();
  private CallbackReceiver receiver;
  private URI url;
  private CrowdClient client;
  private Member server;
  private Member node;

  /** A process that is started again with the same arguments whenever it has crashed. */
  private final class Member {
    private final String[] arguments;
    private Crowd.Running running;

    private Member(Crowd.Running running, String... arguments) {
      this.running = running;
      this.arguments = arguments;
    }

    /** Nobody waits until it is ready: the others may crash meanwhile. */
    private void revive() throws IOException {
      if (!running.isAlive()) {
        running = crowd.launch(arguments);
      }
    }
  }

  @BeforeAll
  void start() throws Exception {
    points = Files.createDirectory(crowd.folder().resolve("points"));
    ledger = crowd.folder().resolve("ledger");
    receiver = new CallbackReceiver();
    crowd.agent("crash=" + points);
    crowd.configure("org.cloudcrowd.callbacks.cfg", "timeout_seconds", "2");
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "3");
    crowd.configure("org.cloudcrowd.server.cfg", "dispatch_timeout_seconds", "2");
    crowd.configure("org.cloudcrowd.server.cfg", "backoff_millis", "20");
    crowd.configure("org.cloudcrowd.server.cfg", "accept_unknown_actions", "all");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    crowd.configure("org.cloudcrowd.node.cfg", "drain_seconds", "1");
    int port = Ports.free();
    url = URI.create("http://127.0.0.1:" + port + "/");
    client = new CrowdClient(url);
    String[] arguments = {"server", "-p", Integer.toString(port)};
    server = new Member(crowd.start(arguments), arguments);
  }

  /** Nobody waits until it is ready: the server may crash meanwhile. */
  private void startNode() throws IOException {
    String[] arguments = {
      "node",
      "--node-port",
      Integer.toString(Ports.free()),
      "--server",
      url.toString(),
      "--max-workers",
      "2",
      "--data",
      crowd.folder().resolve("node").toString()
    };
    node = new Member(crowd.launch(arguments), arguments);
  }

  @AfterAll
  void stop() {
    receiver.close();
    crowd.close();
  }

  /** A server takes jobs of actions that it does not know until the first node has reported. */
  @Test
  @Order(0)
  void jobsThatAwaitTheirActionsAreNotLost() throws Exception {
    var awaiting = submit(Orders.probe(orders(1)));
    var options = JsonNodeFactory.instance.objectNode().put("size", "big");
    var unfit = submit(JobRequest.of("late", List.of(IntNode.valueOf(1)), options));
    assertThat(awaiting.status()).isEqualTo(Status.WAITING);

    arm(CrashPoint.COMMITTED_GIVE_THE_JOB_ITS_ACTION);
    startNode();
    awaitCrash(CrashPoint.COMMITTED_GIVE_THE_JOB_ITS_ACTION);
    assertThat(ended(awaiting).status()).isEqualTo(Status.SUCCEEDED);

    arm(CrashPoint.COMMITTED_REFUSE_THE_ACTION);
    var zip = crowd.folder().resolve("late.zip");
    DroppedProgram.script("late", "echo 1", "options: {properties: {size: {type: integer}}}")
        .zipTo(zip);
    ask(client -> client.deploy(zip));
    awaitCrash(CrashPoint.COMMITTED_REFUSE_THE_ACTION);
    var refused = ended(unfit);
    assertThat(refused.status()).isEqualTo(Status.CANCELLED);
    assertThat(refused.message()).startsWith("its options do not fit its action: /options/size");
  }

  private static EnumSet<CrashPoint> withNodes() {
    return EnumSet.complementOf(BEFORE_NODES);
  }

  @ParameterizedTest
  @MethodSource("withNodes")
  @Order(1)
  void nothingIsLostWhereAProcessEndsAt(CrashPoint point) throws Exception {
    if (node == null) {
      startNode();
    }
    arm(point);

    var merged =
        submit(
            Orders.probe(List.of(order(1, "save", "one"), order(2, "print", "two\n"), order(3))));
    var failing = submit(limited(Orders.probe(List.of(order(1, "fail", "no"))), 2, null, null));
    var slow = submit(limited(Orders.probe(orders(3)), null, 3, 4.0));
    var deleted = submit(Orders.probe(List.of(order(1, "save", "gone"))));
    ended(deleted);
    ask(
        client -> {
          client.delete(deleted.id());
          return null;
        });
    provoke(point);
    assertThat(ended(failing).status()).isEqualTo(Status.FAILED);
    ask(client -> client.retry(failing.id()));
    var go = crowd.folder().resolve("go-" + point);
    var cancelled = submit(Orders.waiting(3, ledger, go));
    ask(client -> client.cancel(cancelled.id()));

    awaitCrash(point);
    assertThat(ended(merged).outputs().get(0)).hasSize(3);
    assertThat(ended(merged).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(printedBy(merged)).contains("two\n");
    assertThat(Orders.sum(ended(slow))).isEqualTo(Orders.sumOf(3));
    assertThat(ended(failing).status()).isEqualTo(Status.FAILED);
    assertThat(ended(cancelled).status()).isEqualTo(Status.CANCELLED);
    var gone = ask(client -> client.job(deleted.id()));
    assertThat(gone).isNull();
    expectNoFilesOf(deleted);
  }

  /** What each unit of a job printed. */
  private List<String> printedBy(JobView job) throws Exception {
    return ask(
        client -> {
          var logs = new ArrayList<String>();
          for (UnitView unit : client.units(job.id(), 10, null).units()) {
            logs.add(client.log(unit.id(), null));
          }
          return logs;
        });
  }

  /** Every transaction that commits something is a point of the list. */
  @Test
  @Order(2)
  void noCommitIsMissingFromTheList() throws Exception {
    var passed = new TreeSet<>(Files.readAllLines(points.resolve("passed")));

    passed.removeAll(Arrays.stream(CrashPoint.values()).map(Enum::name).toList());

    assertThat(passed).isEmpty();
  }

  /** They are removed some seconds later, for which no point waits. */
  @Test
  @Order(3)
  void noFilesOfDeletedJobsAreLeft() {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              revive();
              assertThat(deletedFiles).hasSizeGreaterThanOrEqualTo(withNodes().size());
              assertThat(deletedFiles).noneMatch(Files::exists);
            });
  }

  private void awaitCrash(CrashPoint point) {
    await("a crash at " + point)
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              return !Files.exists(points.resolve("armed"));
            });
  }

  private void arm(CrashPoint point) throws IOException {
    var file = Files.writeString(points.resolve("arming"), point.name());
    Files.move(file, points.resolve("armed"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<String, Object> order(int value) {
    return Map.of("value", value);
  }

  private static Map<String, Object> order(int value, String key, String text) {
    return Map.of("value", value, key, text);
  }

  private static List<Map<String, Object>> orders(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(EveryCrashPointLosesNothing::order).toList();
  }

  private static JobRequest limited(
      JobRequest job, Integer attempts, Integer running, Double perSecond) {
    return job.copy().maxAttempts(attempts).maxRunning(running).maxPerSecond(perSecond).build();
  }

  /** Some points are passed only when something else goes wrong. */
  private void provoke(CrashPoint point) throws Exception {
    var go = crowd.folder().resolve("provoked-" + point);
    switch (point) {
      case COMMITTED_RENEW_LEASES -> {
        submitAndAwaitRun(go);
        awaitCrash(point);
      }
      case COMMITTED_STORE_LOGS -> {
        // Of a unit that runs; what an ended one printed is kept with its result.
        submit(Orders.probe(List.of(Map.of("print", "one\n", "await", go.toString()))));
        awaitCrash(point);
      }
      case COMMITTED_BEGIN_THE_JOB -> {
        var first = submit(Orders.probe(orders(1)));
        ended(submit(Orders.probe(orders(1)).copy().after(List.of(first.id())).build()));
      }
      case COMMITTED_STORE_A_SCHEDULE, COMMITTED_DELETE_A_SCHEDULE -> {
        addSchedule("@yearly");
        removeSchedule();
      }
      case COMMITTED_CHANGE_A_SCHEDULE -> {
        addSchedule("@yearly");
        ask(client -> client.pauseSchedule(SCHEDULE));
        assertThat(ask(CrowdClient::schedules).get(0).paused()).isTrue();
        removeSchedule();
      }
      case COMMITTED_RECORD_A_RUN_OF_A_SCHEDULE -> {
        addSchedule("* * * * *");
        // It is due each minute.
        await()
            .atMost(120, TimeUnit.SECONDS)
            .until(() -> ask(CrowdClient::schedules).get(0).lastJobId() != null);
        removeSchedule();
      }
      case COMMITTED_QUEUE_THROTTLED_WORK_UNITS ->
          submit(limited(Orders.probe(orders(3)), null, null, 1.0));
      case COMMITTED_EXPIRE_LEASES -> {
        submitAndAwaitRun(go);
        node.running.signal("STOP");
        await()
            .atMost(20, TimeUnit.SECONDS)
            .until(() -> !server.running.isAlive() || !Files.exists(points.resolve("armed")));
        node.running.signal("CONT");
      }
      case COMMITTED_END_THE_LEASES_THAT_A_NODE_NO_LONGER_HAS -> {
        var dropping = new ScriptedNode("scripted:1");
        ask(client -> dropping.heartbeat(url, scripted("1.0.0"), 1, List.of()));
        var job = submit(JobRequest.of("scripted", List.of(IntNode.valueOf(1)), null));
        dropItsUnit(dropping);
        ask(client -> client.cancel(job.id()));
      }
      case COMMITTED_RECORD_A_NODES_ACTIONS -> {
        submitAndAwaitRun(go);
        node.running.kill();
      }
      case COMMITTED_RELEASE_LEASES -> {
        // A node that is full is sent nothing that could come back.
        await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> ask(CrowdClient::status).workUnitCount() == 0);
        node.running.kill();
        submit(Orders.probe(orders(1)));
      }
      case COMMITTED_END_THE_LEASES_OF_A_NODE_THAT_LEAVES, COMMITTED_FORGET_A_NODE -> {
        submitAndAwaitRun(go);
        node.running.stop();
      }
      case COMMITTED_DEPLOY_A_BUNDLE, COMMITTED_UNDEPLOY_A_BUNDLE -> {
        var zip = crowd.folder().resolve(point + ".zip");
        DroppedProgram.script(point.name(), "echo 1").zipTo(zip);
        var deployed = ask(client -> client.deploy(zip));
        awaitOffer(deployed.actions().get(0), true);
        ask(client -> client.undeploy(deployed.sha256()));
        awaitOffer(deployed.actions().get(0), false);
      }
      case COMMITTED_FORGET_A_VERSION_RANGE ->
          ended(submit(Orders.probe(orders(1)).copy().version("[0,9)").build()));
      case COMMITTED_FORGET_VERSIONS_THAT_NO_NODE_OFFERS -> {
        // The first version is known for certain when the second is.
        var other = new ScriptedNode("scripted:1");
        ask(client -> other.heartbeat(url, scripted("1.0.0"), 0, List.of()));
        await()
            .atMost(60, TimeUnit.SECONDS)
            .until(
                () -> {
                  ask(client -> other.heartbeat(url, scripted("2.0.0"), 0, List.of()));
                  return !Files.exists(points.resolve("armed"));
                });
      }
      case COMMITTED_CHANGE_A_NODES_WORKERS -> {
        var name = ask(CrowdClient::nodes).get(0).host();
        ask(client -> client.changeMaxWorkers(name, 2));
      }
      case COMMITTED_CHANGE_THE_ELIGIBILITY_OF_A_NODE -> {
        var name = ask(CrowdClient::nodes).get(0).host();
        ask(client -> client.drain(name));
        ask(client -> client.resume(name));
      }
      case COMMITTED_PUT_AN_ACTION_ON_THE_BLACKLIST, COMMITTED_TAKE_AN_ACTION_OFF_THE_BLACKLIST -> {
        ask(client -> client.addToBlacklist("probe", null));
        var waiting = submit(Orders.probe(orders(1)));
        ask(client -> client.removeFromBlacklist("probe"));
        ended(waiting);
      }
      case COMMITTED_TAKE_CALLBACKS, COMMITTED_RECORD_A_TRY_OF_A_CALLBACK ->
          assertThat(told(submit(receiver.told(Orders.probe(orders(1)))))).isTrue();
      case COMMITTED_QUEUE_THE_CALLBACK -> {
        var job = submit(receiver.told(Orders.probe(orders(1))));
        assertThat(told(job)).isTrue();
        int before = receiver.messages(job.id()).size();
        ask(client -> client.sendCallbackAgain(job.id()));
        await()
            .atMost(60, TimeUnit.SECONDS)
            .until(
                () -> {
                  revive();
                  return receiver.messages(job.id()).size() > before;
                });
      }
      case COMMITTED_DELETE_A_JOB_THAT_ITS_RECEIVER_HAS_TAKEN_OVER -> {
        receiver.answer(201);
        var job = submit(receiver.told(Orders.probe(List.of(order(1, "save", "mine")))));
        awaitGone(job);
        receiver.answer(200);
        expectNoFilesOf(job);
      }
      case COMMITTED_ADOPT_LEASES -> server.running.stop();
      default -> {
        // The jobs alone lead there.
      }
    }
    Files.createFile(go);
    revive();
  }

  /** Takes a unit, and then says at each heartbeat that it has none. */
  private void dropItsUnit(ScriptedNode dropping) {
    var polled = new ArrayList<Dispatch.Unit>();
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              ask(client -> dropping.heartbeat(url, scripted("1.0.0"), 1, List.of()));
              if (polled.isEmpty()) {
                polled.addAll(ask(client -> dropping.poll(url)));
              }
              return !Files.exists(points.resolve("armed"));
            });
  }

  private void awaitOffer(String action, boolean offered) {
    await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              var nodes = ask(CrowdClient::nodes);
              return !nodes.isEmpty()
                  && nodes.stream().allMatch(known -> known.actions().contains(action) == offered);
            });
  }

  private static AdvertisedAction scripted(String version) {
    return new AdvertisedAction("scripted", version, null, false, false);
  }

  private void submitAndAwaitRun(Path go) throws Exception {
    int before = Orders.ledger(ledger).size();
    submit(Orders.waiting(1, ledger, go));
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              return Orders.ledger(ledger).size() > before;
            });
  }

  private void revive() throws IOException {
    server.revive();
    if (node != null) {
      node.revive();
    }
  }

  private interface Question<T> {
    T ask(CrowdClient client) throws IOException, InterruptedException;
  }

  /**
   * Asks until there is an answer: null where there is no such thing any more, or where a change
   * that was made before its answer was lost is refused now.
   */
  private <T> T ask(Question<T> question) throws Exception {
    return await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              try {
                return Optional.ofNullable(question.ask(client));
              } catch (ServerProblemException e) {
                if (e.problem().status() == NOT_FOUND || e.problem().status() == CONFLICT) {
                  return Optional.<T>empty();
                }
                return null;
              } catch (IOException e) {
                revive();
                return null;
              }
            },
            answer -> answer != null)
        .orElse(null);
  }

  private void addSchedule(String cron) throws Exception {
    var schedule = new ScheduleRequest(SCHEDULE, cron, null, Orders.probe(orders(1)));
    ask(client -> client.addSchedule(schedule));
    assertThat(ask(CrowdClient::schedules)).hasSize(1);
  }

  private void removeSchedule() throws Exception {
    ask(
        client -> {
          client.removeSchedule(SCHEDULE);
          return null;
        });
    assertThat(ask(CrowdClient::schedules)).isEmpty();
  }

  private JobView submit(JobRequest request) throws Exception {
    var key = UUID.randomUUID().toString();
    return ask(client -> client.submit(request, key));
  }

  private JobView ended(JobView job) throws Exception {
    return await("the end of job " + job.id())
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              return ask(client -> client.job(job.id()));
            },
            now -> now.status().isComplete());
  }

  /** Waits until a job's receiver has accepted that it is complete. */
  private boolean told(JobView job) {
    await("the callback of job " + job.id())
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              var callback = ask(client -> client.callback(job.id()));
              return callback != null && callback.status().equals("delivered");
            });
    return !receiver.messages(job.id()).isEmpty();
  }

  private void awaitGone(JobView job) {
    await("the end of all of job " + job.id())
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> {
              revive();
              return ask(client -> client.job(job.id())) == null;
            });
  }

  private void expectNoFilesOf(JobView job) {
    deletedFiles.add(crowd.conf().resolve("data/assets/probe/job_" + job.id()));
  }
}
