package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.protocol.job.CallbackView;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P8: a callback is delivered at least once until a 2xx, signed, with a stable id. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiversAreTold {
  private static final String SECRET =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString("a secret of twenty-four or more".getBytes(StandardCharsets.UTF_8));

  @RegisterExtension private final Crowd crowd = new Crowd();
  private String[] arguments;
  private CrowdClient client;
  private Crowd.Running running;
  private CallbackReceiver receiver;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.callbacks.cfg", "secret", SECRET);
    crowd.configure("org.cloudcrowd.callbacks.cfg", "timeout_seconds", "2");
    crowd.configure("org.cloudcrowd.callbacks.cfg", "backoff_seconds", "1");
    int port = Ports.free();
    client = new CrowdClient(URI.create("http://127.0.0.1:" + port + "/"));
    arguments = new String[] {"up", "-p", Integer.toString(port), "--node-port", "0"};
    running = crowd.start(arguments);
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = new CallbackReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void byAFormWithTheJobAsTheRubyServerDoes() throws Exception {
    var job = submit("form");

    assertThat(awaitStatus(job, "delivered").format()).isEqualTo("form");
    var message = receiver.messages(job.id()).get(0);
    assertThat(message.headers().getFirst("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    // What remains, as the original counts.
    assertThat(message.job().get("work_units").asInt()).isZero();
    assertThat(message.job().get("work_units_total").asInt()).isEqualTo(2);
    assertThat(message.job().get("status").asText()).isEqualTo("succeeded");
    assertThat(message.job().get("outputs")).hasSize(1);
  }

  @Test
  void byJsonWhoseSignatureAPublicLibraryVerifies() throws Exception {
    var job = submit("json");

    awaitStatus(job, "delivered");
    var message = receiver.messages(job.id()).get(0);
    var text = message.text();
    var headers = HttpHeaders.of(message.headers(), (name, value) -> true);
    new Webhook(SECRET).verify(text, headers);
    assertThatThrownBy(() -> new Webhook(SECRET).verify(text + " ", headers)).isNotNull();
    assertThat(new ObjectMapper().readTree(text).get("id").asLong()).isEqualTo(job.id());
  }

  @Test
  void withTheCredentialsOfTheUrlWhichAreNeverShown() throws Exception {
    var url = receiver.url().replace("http://", "http://clerk:pa%2Fss@");

    var job = client.submit(CallbackReceiver.told(Orders.probe(order(1)), url, null), null);

    assertThat(awaitStatus(job, "delivered").url()).isEqualTo(receiver.url());
    assertThat(receiver.messages(job.id()).get(0).headers().getFirst("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("clerk:pa/ss".getBytes(StandardCharsets.UTF_8)));
    assertThat(Files.readString(crowd.conf().resolve("data/log/crowd.log")))
        .doesNotContain("pa%2Fss", "pa/ss");
  }

  @Test
  void untilTheyAcceptItByTheSameId() throws Exception {
    receiver.answer(500);
    var job = submit(null);
    await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 2);
    receiver.answer(204);

    var callback = awaitStatus(job, "delivered");

    assertThat(callback.tries())
        .extracting(CallbackView.TryView::status)
        .startsWith(500, 500)
        .endsWith(204);
    assertThat(receiver.messages(job.id()))
        .extracting(CallbackReceiver.Message::id)
        .containsOnly(callback.tries().get(0).messageId());
  }

  @Test
  void thoughNobodyListensWhenTheJobIsComplete() throws Exception {
    int port = Ports.free();
    var url = "http://127.0.0.1:" + port + "/later";
    var job = client.submit(CallbackReceiver.told(Orders.probe(order(1)), url, null), null);
    await().until(() -> !tries(job).isEmpty());
    assertThat(tries(job).get(0).status()).isNull();
    assertThat(tries(job).get(0).message()).contains("no connection");

    try (var late = new CallbackReceiver(port)) {
      awaitStatus(job, "delivered");
      assertThat(late.messages(job.id())).hasSize(1);
    }
  }

  @Test
  void thoughTheServerIsKilledWhileTheyThink() throws Exception {
    var killed = new CountDownLatch(1);
    receiver.answer(
        exchange -> {
          try {
            killed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    var job = submit(null);
    await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 1);
    running.kill();
    receiver.answer(200);
    killed.countDown();

    running = crowd.start(arguments);

    awaitStatus(job, "delivered");
    assertThat(receiver.messages(job.id()))
        .hasSizeGreaterThan(1)
        .extracting(CallbackReceiver.Message::id)
        .containsOnly("job-" + job.id() + "-1");
  }

  @Test
  void andOwnTheJobWhereTheyAnswer201() throws Exception {
    receiver.answer(201);

    var job =
        client.submit(
            receiver.told(Orders.probe(List.of(Map.of("value", 1, "save", "mine")))), null);

    await().atMost(30, TimeUnit.SECONDS).until(() -> isGone(job));
    var files = crowd.conf().resolve("data/assets/probe/job_" + job.id());
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Files.exists(files));
  }

  @Test
  void ofFailureToo() throws Exception {
    var job =
        client.submit(
            receiver.told(Orders.probe(List.of(Map.of("value", 1, "fail", "no", "final", true)))),
            null);

    await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 1);
    assertThat(receiver.messages(job.id()).get(0).job().get("status").asText()).isEqualTo("failed");
  }

  @Test
  void nothingWhereARedirectOrAnEndlessAnswerComes() throws Exception {
    try (var elsewhere = new CallbackReceiver()) {
      receiver.answer(
          exchange -> {
            exchange.getResponseHeaders().add("Location", elsewhere.url());
            exchange.sendResponseHeaders(307, -1);
          });
      var job = submit(null);
      await().until(() -> !tries(job).isEmpty());
      assertThat(tries(job).get(0).status()).isEqualTo(307);
      receiver.answer(
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var block = new byte[1 << 16];
            for (int i = 0; i < 1 << 16; i++) {
              exchange.getResponseBody().write(block);
            }
          });

      awaitStatus(job, "delivered");
      assertThat(elsewhere.messages(job.id())).isEmpty();
    }
  }

  @Test
  void othersMeanwhileOfOneThatIsSlowAndOneThatIsNowhere() throws Exception {
    var done = new CountDownLatch(1);
    try (var slow = new CallbackReceiver()) {
      slow.answer(
          exchange -> {
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      var toSlow = client.submit(slow.told(Orders.probe(order(1))), null);
      var toNowhere =
          client.submit(
              CallbackReceiver.told(
                  Orders.probe(order(1)), "http://no-such-host.invalid/done", null),
              null);
      await().until(() -> slow.messages(toSlow.id()).size() == 1);

      awaitStatus(submit(null), "delivered");

      await().atMost(30, TimeUnit.SECONDS).until(() -> !tries(toNowhere).isEmpty());
      assertThat(tries(toNowhere).get(0).message()).contains("no-such-host.invalid");
      await().atMost(30, TimeUnit.SECONDS).until(() -> !tries(toSlow).isEmpty());
      assertThat(tries(toSlow).get(0).status()).isNull();
      assertThat(tries(toSlow).get(0).message()).contains("2 s");
      assertThat(client.callback(toSlow.id()).status()).isEqualTo("waiting");
      done.countDown();
    }
  }

  @Test
  void asSoonAsTheirAddressIsAllowed() throws Exception {
    crowd.configure("org.cloudcrowd.callbacks.cfg", "addresses", "public");
    JobView job = awaitRefused();
    assertThat(receiver.messages(job.id())).isEmpty();

    crowd.configure("org.cloudcrowd.callbacks.cfg", "addresses", "public, local");

    awaitStatus(job, "delivered");
    assertThat(receiver.messages(job.id())).hasSize(1);
  }

  /** A job that was not told, once the configuration is taken up. */
  private JobView awaitRefused() {
    return await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              var job = submit(null);
              await().atMost(30, TimeUnit.SECONDS).until(() -> !tries(job).isEmpty());
              var refused =
                  "127.0.0.1 is a loopback address, and addresses in"
                      + " etc/org.cloudcrowd.callbacks.cfg allows 'public'";
              return refused.equals(tries(job).get(0).message()) ? job : null;
            },
            Objects::nonNull);
  }

  @Test
  void againWhereSomebodyAsksForIt() throws Exception {
    var job = submit(null);
    awaitStatus(job, "delivered");

    assertThat(client.sendCallbackAgain(job.id()).status()).isEqualTo("waiting");

    await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 2);
    assertThat(receiver.messages(job.id()))
        .extracting(CallbackReceiver.Message::id)
        .containsExactly("job-" + job.id() + "-1", "job-" + job.id() + "-2");
  }

  @Test
  void nothingOfAJobThatHasNoReceiverOrIsNotThere() throws Exception {
    var job = client.submit(Orders.probe(order(1)), null);
    await().until(() -> client.job(job.id()).status() == Status.SUCCEEDED);

    assertThatThrownBy(() -> client.sendCallbackAgain(job.id()))
        .isInstanceOf(ServerProblemException.class)
        .hasMessageContaining("job " + job.id() + " has no callback_url");
    assertThatThrownBy(() -> client.callback(job.id()))
        .hasMessageContaining("there is no callback of a job " + job.id());
    assertThatThrownBy(() -> client.sendCallbackAgain(999_999))
        .hasMessageContaining("there is no job 999999");
  }

  private static List<Map<String, Object>> order(int value) {
    return List.of(Map.of("value", value));
  }

  private JobView submit(String format) throws Exception {
    return client.submit(
        CallbackReceiver.told(Orders.probe(order(1)), receiver.url(), format), null);
  }

  private boolean isGone(JobView job) throws Exception {
    try {
      return client.job(job.id()) == null;
    } catch (ServerProblemException e) {
      return e.problem().status() == 404;
    }
  }

  private List<CallbackView.TryView> tries(JobView job) throws Exception {
    try {
      return client.callback(job.id()).tries();
    } catch (ServerProblemException e) {
      return List.of();
    }
  }

  private CallbackView awaitStatus(JobView job, String status) {
    return await("the callback of job " + job.id())
        .atMost(60, TimeUnit.SECONDS)
        .ignoreExceptionsInstanceOf(ServerProblemException.class)
        .until(() -> client.callback(job.id()), callback -> callback.status().equals(status));
  }
}
