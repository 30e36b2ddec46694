package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.WireJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsFollowEachOther {
  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path ledger;
  private Crowd.Running up;
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    ledger = crowd.folder().resolve("ledger");
    up = crowd.up("--max-workers", "2");
    client = up.client();
  }

  private static JobRequest quick() {
    return Orders.probe(List.of(Map.of("value", 1)));
  }

  /** A job whose output is what the next one of the probe's is to do. */
  private static JobRequest orders(int value, String key, Path file) {
    return Orders.probe(List.of(Map.of("value", Map.of("value", value), key, file.toString())));
  }

  @Test
  void aJobTakesTheOutputsOfThoseThatItWaitsFor() throws Exception {
    var go = crowd.folder().resolve("go");
    var first = client.submit(orders(1, "await", go));
    var second = client.submit(orders(7, "ledger", ledger));
    var next =
        client.submit(
            JobRequest.builder("probe", null).after(List.of(second.id(), first.id())).build());

    assertThat(next.status()).isEqualTo(Status.WAITING);
    assertThat(next.after()).containsExactly(second.id(), first.id());
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.why(next.id()).lines())
                    .containsExactly(
                        "job " + next.id() + ": waiting",
                        "it waits for job " + first.id() + ", which is processing"));
    Files.createFile(go);

    var ended = Orders.await(client, next);
    assertThat(ended.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(ended.outputs().toString()).isEqualTo("[[7,1]]");
  }

  @Test
  void aChainBreaksWhereAJobFailsAndGoesOnWhereItIsTriedAgain() throws Exception {
    var marker = crowd.folder().resolve("mended");
    var first = client.submit(orders(1, "need", marker).copy().maxAttempts(1).build());
    var next = client.submit(JobRequest.builder("probe", null).after(List.of(first.id())).build());
    assertThat(Orders.await(client, first).status()).isEqualTo(Status.FAILED);
    var cancelled = Orders.await(client, next);
    assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
    assertThat(cancelled.message())
        .isEqualTo("job " + first.id() + ", which this one waited for, is failed");
    assertThat(run("job", Long.toString(next.id())).out()).contains(cancelled.message());

    Files.createFile(marker);
    client.retry(first.id());
    assertThat(client.retry(next.id()).status()).isIn(Status.WAITING, Status.PROCESSING);

    assertThat(Orders.await(client, next).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void aJobBeginsWhenItsTimeHasCome() throws Exception {
    var begins = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
    var job = client.submit(quick().copy().notBefore(begins.toString()).build());

    assertThat(job.status()).isEqualTo(Status.WAITING);
    assertThat(job.notBefore()).isEqualTo(begins.toString());
    assertThat(client.why(job.id()).lines()).contains("it does not begin before " + begins);
    assertThat(Orders.await(client, job).outputs().toString()).isEqualTo("[[1]]");
    var units = client.units(job.id(), 10, null).units();
    assertThat(units)
        .allSatisfy(
            one ->
                assertThat(Instant.parse(client.unit(one.id()).history().get(0).startedAt()))
                    .isAfterOrEqualTo(begins));
  }

  private Crowd.Ended run(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", up.url().toString()));
    return crowd.run(all.toArray(String[]::new));
  }

  @Test
  void theCommandLineChainsAndFindsJobs() throws Exception {
    var first = client.submit(orders(1, "ledger", ledger));
    var id = Long.toString(first.id());

    var next = run("submit", "probe", "--after", id, "--label", "run=nightly", "--wait", "--json");

    assertThat(next.err()).isEmpty();
    assertThat(next.exitCode()).isZero();
    var job = WireJson.newMapper().readValue(next.out(), JobView.class);
    assertThat(job.outputs().toString()).isEqualTo("[[1]]");
    assertThat(job.labels()).isEqualTo(Map.of("run", "nightly"));
    assertThat(run("jobs", "--label", "run=nightly").out())
        .contains("succeeded")
        .doesNotContain("\n       " + id + " ");
    assertThat(run("jobs", "--status", "splitting").out().lines()).hasSize(1);
    assertThat(run("jobs", "--status", "done").err()).contains("'done' is none of processing");
  }

  @Test
  void labelsFindJobsPageByPageAndACursorGoesWithItsListAlone() throws Exception {
    var labels = Map.of("team", "maps");
    for (int i = 0; i < 3; i++) {
      client.submit(quick().copy().labels(labels).build());
    }
    client.submit(quick());

    var page = client.jobs(null, null, labels, 2, null);
    assertThat(page.jobs()).hasSize(2).allMatch(job -> job.labels().equals(labels));
    assertThat(client.jobs(null, null, labels, 2, page.after()).jobs()).hasSize(1);

    assertRefused(() -> client.jobs(2, page.after()), "/after", "the cursor of another list");
    assertRefused(
        () -> client.units(page.jobs().get(0).id(), 2, page.after()),
        "/after",
        "the cursor of another list");
    assertRefused(() -> client.jobs(2, "7"), "/after", "must be the cursor");
  }

  @Test
  void everyFaultOfTheseFieldsIsNamed() throws Exception {
    int before = client.jobs(1000, null).jobs().size();
    var known = client.submit(quick()).id();
    var missing = known + 1;
    assertFault("\"after\": [" + missing + "]", "/after/0", "there is no job " + missing);
    assertFault("\"after\": []", "/after", "1 to 100 ids");
    assertFault("\"after\": 7", "/after", "a list of the ids");
    assertFault(
        "\"after\": [" + known + ", " + known + "]",
        "/after/1",
        "job " + known + " is named twice");
    assertFault("\"after\": [\"1\"]", "/after/0", "which are numbers");
    assertFault("\"after\": [1.5]", "/after/0", "which are numbers");
    assertFault("\"not_before\": \"tomorrow\"", "/not_before", "2027-01-31T06:00:00Z");
    assertFault("\"not_before\": \"2027-01-31T06:00:00\"", "/not_before", "with its offset");
    assertFault("\"not_before\": 17", "/not_before", "must be a string");
    assertFault("\"not_before\": \"2999-01-01T00:00:00Z\"", "/not_before", "within 3660 days");
    assertFault("\"labels\": [\"a\"]", "/labels", "must be an object");
    assertFault("\"labels\": {\"a\": 1}", "/labels/a", "must be a string");
    assertFault("\"labels\": {\"a b\": \"c\"}", "/labels", "letters, digits");
    assertFault("\"labels\": {\"a\": \"" + "x".repeat(256) + "\"}", "/labels/a", "255 characters");

    var deleted = client.submit(quick());
    client.delete(deleted.id());
    assertFault("\"after\": [" + deleted.id() + "]", "/after/0", "there is no job");
    assertThat(client.jobs(1000, null).jobs()).hasSize(before + 1);
  }

  private void assertFault(String field, String pointer, String message) throws Exception {
    var job = (ObjectNode) WireJson.newMapper().readTree("{\"action\": \"probe\", " + field + "}");
    job.withArrayProperty("inputs").add(IntNode.valueOf(1));
    assertRefused(() -> client.submit(job), pointer, message);
  }

  private static void assertRefused(ThrowingCallable call, String pointer, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServerProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(422);
              assertThat(e.problem().field()).isEqualTo(pointer);
            })
        .hasMessageContaining(message);
  }
}
