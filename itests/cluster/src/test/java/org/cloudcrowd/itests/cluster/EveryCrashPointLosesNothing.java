package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView;
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
 * P2: a process is halted between what it has done for good and what depends on it, while jobs run,
 * are cancelled, tried again and deleted; it is started again, and everything ends as it must. Of
 * the commits those are tried that store a job, claim units and accept results; the store's own
 * tests end the caller after each kind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class EveryCrashPointLosesNothing {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private static final EnumSet<CrashPoint> COMMITS =
      EnumSet.of(
          CrashPoint.COMMITTED_STORE_THE_JOB,
          CrashPoint.COMMITTED_CLAIM_WORK_UNITS,
          CrashPoint.COMMITTED_ACCEPT_RESULTS);

  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path points;
  private Path ledger;
  private final List<Path> deletedFiles = new ArrayList<>();
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
    crowd.agent("crash=" + points);
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "3");
    crowd.configure("org.cloudcrowd.server.cfg", "dispatch_timeout_seconds", "2");
    crowd.configure("org.cloudcrowd.server.cfg", "backoff_millis", "20");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    crowd.configure("org.cloudcrowd.node.cfg", "drain_seconds", "1");
    int port = Ports.free();
    url = URI.create("http://127.0.0.1:" + port + "/");
    client = new CrowdClient(url);
    String[] arguments = {"server", "-p", Integer.toString(port)};
    server = new Member(crowd.start(arguments), arguments);
    String[] ofNode = {
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
    node = new Member(crowd.start(ofNode), ofNode);
  }

  @AfterAll
  void stop() {
    crowd.close();
  }

  private static List<CrashPoint> points() {
    return Arrays.stream(CrashPoint.values())
        .filter(point -> !point.isAfterCommit() || COMMITS.contains(point))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("points")
  @Order(1)
  void nothingIsLostWhereAProcessEndsAt(CrashPoint point) throws Exception {
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

  /** Every transaction that has committed something here is a point of the list. */
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
              assertThat(deletedFiles).hasSizeGreaterThanOrEqualTo(points().size());
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

  private void revive() throws IOException {
    server.revive();
    node.revive();
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

  private void expectNoFilesOf(JobView job) {
    deletedFiles.add(crowd.conf().resolve("data/assets/probe/job_" + job.id()));
  }
}
