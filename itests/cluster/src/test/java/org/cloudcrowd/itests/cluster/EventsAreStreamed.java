package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.cloudcrowd.client.ClusterEvent;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.EventStream;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.server.EventKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Events read as any client of server-sent events would. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsAreStreamed {
  private static final int UNITS = 6;

  @TempDir Path folder;
  @RegisterExtension private final Crowd crowd = new Crowd();
  private Crowd.Running up;
  private CrowdClient client;
  private Path go;
  private Path ledger;

  @BeforeAll
  void start() throws Exception {
    up = crowd.up();
    client = up.client();
  }

  @BeforeEach
  void name() {
    go = folder.resolve("go");
    ledger = folder.resolve("ledger");
  }

  /** The events up to the one that says so, that one included; null where there is no kind. */
  private static List<ClusterEvent> until(EventStream events, EventKind kind, String part)
      throws Exception {
    var read = new ArrayList<ClusterEvent>();
    while (true) {
      var event = events.next();
      assertThat(event).as("events end after %s", read).isNotNull();
      read.add(event);
      if (event.kind() == kind && (part == null || String.valueOf(event.data()).contains(part))) {
        return read;
      }
    }
  }

  private static EventStream open(CrowdClient client, Long job, String after) throws Exception {
    var events = client.events(Set.of(), job, after);
    until(events, null, null);
    return events;
  }

  @Test
  void aJobIsToldOfFromItsBeginningToItsEnd() throws Exception {
    var node = client.nodes().get(0).host();
    try (var events = open(client, null, null)) {
      assertThat(until(events, EventKind.NODE, node)).hasSize(1);

      var job = client.submit(Orders.waiting(UNITS, ledger, go));
      until(events, EventKind.UNITS, "\"state\":\"running\",\"node\":\"" + node + "\"");
      Files.createFile(go);
      var told = until(events, EventKind.JOB, "\"status\":\"succeeded\"");

      assertThat(told).extracting(ClusterEvent::kind).contains(EventKind.UNITS);
      assertThat(told.get(told.size() - 1).data().get("id").asLong()).isEqualTo(job.id());
      client.delete(job.id());
      assertThat(last(until(events, EventKind.JOB_GONE, null)).data().get("id").asLong())
          .isEqualTo(job.id());
    }
  }

  private static ClusterEvent last(List<ClusterEvent> events) {
    return events.get(events.size() - 1);
  }

  @Test
  void whoAsksForOneJobHearsOfNoOther() throws Exception {
    var first = client.submit(Orders.waiting(1, ledger, go));
    try (var events = open(client, first.id(), null)) {
      var other = client.submit(Orders.probe(List.of(Map.of("value", 1))));
      Orders.await(client, other);
      Files.createFile(go);

      assertThat(until(events, EventKind.JOB, "\"status\":\"succeeded\""))
          .filteredOn(event -> event.kind() == EventKind.JOB || event.kind() == EventKind.UNITS)
          .allMatch(
              event ->
                  event.data().path("id").asLong() == first.id()
                      || event.data().path("job_id").asLong() == first.id());
    }
  }

  @Test
  void aReaderGoesOnAtAnotherServerWhereItsOwnWasKilled() throws Exception {
    try (var postgres = EmbeddedPostgres.start()) {
      crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
      var a = server(postgres, "a");
      var b = server(postgres, "b");
      crowd.node("node", List.of(a, b));
      JobView first;
      String seen;
      try (var events = open(a.client(), null, null)) {
        first = b.client().submit(Orders.probe(List.of(Map.of("value", 1))));
        seen = last(until(events, EventKind.JOB, "\"status\":\"succeeded\"")).id();
      }
      a.kill();
      var meanwhile = b.client().submit(Orders.probe(List.of(Map.of("value", 2))));
      Orders.await(b.client(), meanwhile);

      try (var events = b.client().events(Set.of(), null, seen)) {
        // What its units did is told a moment after the job, so that the first may come once more.
        var missed = new ArrayList<ClusterEvent>();
        do {
          missed.addAll(until(events, EventKind.JOB, "\"status\":\"succeeded\""));
        } while (last(missed).data().get("id").asLong() == first.id());
        assertThat(missed).extracting(ClusterEvent::kind).doesNotContain(EventKind.RESET);
        assertThat(last(missed).data().get("id").asLong()).isEqualTo(meanwhile.id());
      }
      assertThat(first.id()).isLessThan(meanwhile.id());
    }
  }

  private Crowd.Running server(EmbeddedPostgres postgres, String name) throws Exception {
    return crowd.start(
        "server",
        "-p",
        "0",
        "--database",
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
        "--data",
        crowd.folder().resolve(name).toString());
  }

  @Test
  void whoAsksForWhatNobodyRemembersIsToldToReadAnew() throws Exception {
    try (var events = client.events(Set.of(), null, "of-another-life")) {
      assertThat(until(events, EventKind.RESET, null)).isNotEmpty();
    }
  }

  @Test
  void whoDoesNotReadHoldsNobodyUp() throws Exception {
    try (var lazy = new Socket(up.url().getHost(), up.url().getPort())) {
      lazy.setReceiveBufferSize(1024);
      lazy.getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: crowd\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      try (var events = open(client, null, null)) {
        var job =
            client.submit(
                Orders.probe(
                    IntStream.rangeClosed(1, 400)
                        .mapToObj(i -> Map.<String, Object>of("value", i))
                        .toList()));
        until(events, EventKind.JOB, "\"status\":\"succeeded\"");
        assertThat(client.job(job.id()).status()).isEqualTo(Status.SUCCEEDED);
      }
    }
  }

  @Test
  void theClientWaitsByEventsAndOutlivesItsServer() throws Exception {
    var job = client.submit(Orders.waiting(UNITS, ledger, go));
    var seen = new ArrayList<Integer>();
    Files.createFile(go);

    var ended = client.await(job.id(), now -> seen.add(now.percentComplete()));

    assertThat(Orders.sum(ended)).isEqualTo(Orders.sumOf(UNITS));
    assertThat(seen).isSorted().endsWith(100);
    assertThatThrownBy(() -> client.await(job.id() + 1, now -> {}))
        .isInstanceOf(ServerProblemException.class)
        .hasMessage("there is no job " + (job.id() + 1));
  }

  @Test
  void whatIsNoKindAndNoJobIsRefused() throws Exception {
    var url = up.url();

    assertRefused(url.resolve("events?kinds=job,unit"), "/kinds", "there are no events 'unit'");
    assertRefused(url.resolve("events?job=first"), "/job", "job must be the id of a job");
  }

  private static void assertRefused(URI url, String field, String message) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"field\":\"" + field + "\"", message);
  }
}
