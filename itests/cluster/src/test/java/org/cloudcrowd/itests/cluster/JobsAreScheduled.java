package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.ScheduleRequest;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsAreScheduled {
  @RegisterExtension private final Crowd crowd = new Crowd();
  private Crowd.Running up;
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    up = crowd.up();
    client = up.client();
  }

  private static JobRequest quick() {
    return Orders.probe(List.of(Map.of("value", 1)));
  }

  @Test
  void aJobIsPostedWhenItsTimeComesAndNotWhileItsSchedulePauses() throws Exception {
    var made =
        client.addSchedule(
            new ScheduleRequest(
                "tick", "* * * * *", null, quick().copy().labels(Map.of("team", "maps")).build()));
    client.addSchedule(new ScheduleRequest("asleep", "* * * * *", null, quick()));
    assertThat(client.pauseSchedule("asleep").nextAt()).isNull();
    assertThat(made.timeZone()).isEqualTo("UTC");
    assertThat(Instant.parse(made.nextAt()).getEpochSecond() % 60).isZero();

    var labels = Map.of("schedule", "tick");
    await()
        .atMost(90, TimeUnit.SECONDS)
        .until(() -> !client.jobs(null, null, labels, 10, null).jobs().isEmpty());

    var job = client.jobs(null, null, labels, 10, null).jobs().get(0);
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(job.labels()).isEqualTo(Map.of("team", "maps", "schedule", "tick"));
    var schedules = client.schedules();
    var tick = schedules.stream().filter(one -> one.name().equals("tick")).findFirst();
    assertThat(tick.orElseThrow().lastJobId()).isEqualTo(job.id());
    assertThat(tick.orElseThrow().lastAt()).isEqualTo(made.nextAt());
    var asleep = schedules.stream().filter(one -> one.name().equals("asleep")).findFirst();
    assertThat(asleep.orElseThrow().lastAt()).isNull();
    client.removeSchedule("tick");
    assertThat(client.resumeSchedule("asleep").paused()).isFalse();
    client.removeSchedule("asleep");
  }

  private Crowd.Ended run(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", up.url().toString()));
    return crowd.run(all.toArray(String[]::new));
  }

  @Test
  void theCommandLineMakesShowsRunsAndDeletesSchedules() throws Exception {
    var made =
        run(
            "schedule",
            "add",
            "nightly",
            "0 3 * * *",
            "probe",
            "[{\"value\": 1}]",
            "--zone",
            "Europe/Berlin");
    assertThat(made.err()).isEmpty();
    assertThat(made.out()).contains("nightly", "0 3 * * *", "Europe/Berlin", "probe");

    assertThat(run("schedule", "run", "nightly").out()).contains(": probe");
    assertThat(client.jobs(null, null, Map.of("schedule", "nightly"), 10, null).jobs()).hasSize(1);
    assertThat(run("schedule", "pause", "nightly").out()).contains("paused");
    assertThat(run("schedule", "--json").out()).contains("\"paused\":true");
    assertThat(run("schedule", "resume", "nightly").out()).doesNotContain("paused");
    assertThat(run("schedule", "delete", "nightly").exitCode()).isZero();
    var gone = run("schedule", "pause", "nightly");
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err()).contains("there is no schedule nightly");
  }

  @Test
  void everyFaultIsNamed() throws Exception {
    var input = List.<JsonNode>of(IntNode.valueOf(1));
    assertFault("a b", "@daily", null, quick(), "/name", "letters, digits");
    assertFault("a", "0 0 31 2 *", null, quick(), "/cron", "never comes");
    assertFault("a", "often", null, quick(), "/cron", "five fields");
    assertFault("a", "@daily", "Mars", quick(), "/time_zone", "there is no time zone 'Mars'");
    assertFault("a", "@daily", null, JobRequest.of("none", input, null), "/job/action", "none");
    assertFault(
        "a",
        "@daily",
        null,
        quick().copy().notBefore("2027-01-31T06:00:00Z").build(),
        "/job/not_before",
        "cron says when");
    assertFault(
        "a", "@daily", null, quick().copy().after(List.of(1L)).build(), "/job/after", "no other");
    assertFault(
        "a", "@daily", null, quick().copy().priority(5000).build(), "/job/priority", "1000");
    client.addSchedule(new ScheduleRequest("a", "@daily", null, quick()));
    assertThatThrownBy(() -> client.addSchedule(new ScheduleRequest("a", "@daily", null, quick())))
        .isInstanceOfSatisfying(
            ServerProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(409))
        .hasMessage("there is a schedule a already");
    assertThat(post("[]")).contains("422", "a schedule is a JSON object");
    assertThat(post("{\"name\": 7}")).contains("422", "\"field\":\"/name\"");
    assertThat(post("{\"name\": \"b\", \"job\": 7}")).contains("422", "\"field\":\"/job\"");
    assertThat(post("{")).contains("400", "Malformed JSON");
    assertThat(client.schedules()).extracting(one -> one.name()).contains("a").doesNotContain("b");
    client.removeSchedule("a");
  }

  private String post(String body) throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(up.url().resolve("schedules"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private void assertFault(
      String name, String cron, String zone, JobRequest job, String pointer, String message) {
    assertThatThrownBy(() -> client.addSchedule(new ScheduleRequest(name, cron, zone, job)))
        .isInstanceOfSatisfying(
            ServerProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(422);
              assertThat(e.problem().field()).isEqualTo(pointer);
            })
        .hasMessageContaining(message);
  }
}
