package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two versions of an action are installed at once, and jobs say which may run them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsChooseTheirVersion {
  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path actions;
  private ActionBundle probe;
  private CrowdClient client;

  @BeforeAll
  void start() throws Exception {
    actions = crowd.conf().resolve("actions");
    probe = ActionBundle.of(Path.of(System.getProperty("probe.bundle")));
    Files.delete(actions.resolve("probe.jar"));
    probe.withVersion("1.2.0").copyTo(actions.resolve("probe-1.jar"));
    probe.withVersion("2.0.0").copyTo(actions.resolve("probe-2.jar"));
    client = crowd.up("--max-workers", "3").client();
  }

  private static JobRequest wants(String version) {
    return Orders.probe(List.of(Map.of("value", 1), Map.of("value", 2)))
        .copy()
        .version(version)
        .build();
  }

  private Set<String> versionsThatRan(JobView job) throws Exception {
    var versions = new HashSet<String>();
    for (var unit : client.units(job.id(), 100, null).units()) {
      client.unit(unit.id()).history().stream()
          // What was handed back, because its action had gone, was run by none.
          .filter(attempt -> attempt.outcome().equals("succeeded"))
          .forEach(attempt -> versions.add(attempt.version()));
    }
    return versions;
  }

  private List<String> versionsOffered() throws Exception {
    return client.actions().stream()
        .filter(offer -> offer.name().equals("probe"))
        .map(AdvertisedAction::version)
        .toList();
  }

  @Test
  void aJobRunsByTheHighestVersionOfItsRangeAndWithoutOneByTheHighest() throws Exception {
    assertThat(versionsOffered()).containsExactly("2.0.0", "1.2.0");

    var old = client.submit(wants("[1.2,2)"));
    var any = client.submit(wants(null));
    var least = client.submit(wants("1.0"));

    assertThat(old.version()).isEqualTo("[1.2.0,2.0.0)");
    assertThat(any.version()).isNull();
    assertThat(Orders.await(client, old).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(versionsThatRan(old)).containsExactly("1.2.0");
    Orders.await(client, any);
    assertThat(versionsThatRan(any)).containsExactly("2.0.0");
    Orders.await(client, least);
    assertThat(versionsThatRan(least)).containsExactly("2.0.0");
  }

  @Test
  void aJobWaitsWhileNoVersionOfItsRangeIsInstalled() throws Exception {
    var away = crowd.folder().resolve("away.jar");
    var go = crowd.folder().resolve("go");
    var ledger = crowd.folder().resolve("ledger");
    var old = client.submit(Orders.waiting(10, ledger, go).copy().version("[1.2,2)").build());
    await().atMost(30, TimeUnit.SECONDS).until(() -> !Orders.ledger(ledger).isEmpty());

    Files.move(actions.resolve("probe-1.jar"), away);
    await().atMost(20, TimeUnit.SECONDS).until(() -> versionsOffered().equals(List.of("2.0.0")));
    Files.createFile(go);
    Orders.await(client, client.submit(wants(null)));
    assertThat(client.job(old.id()).status()).isEqualTo(Status.PROCESSING);

    Files.move(away, actions.resolve("probe-1.jar"));
    assertThat(Orders.await(client, old).status()).isEqualTo(Status.SUCCEEDED);
    assertThat(versionsThatRan(old)).containsExactly("1.2.0");
  }

  @Test
  void aRangeInWhichNothingIsKnownAndOneThatIsNoneAreRefused() {
    assertThat(refused("[3,4)"))
        .isEqualTo(
            "no node has advertised probe in a version of [3.0.0,4.0.0); known are: 2.0.0, 1.2.0");
    assertThat(refused("latest"))
        .isEqualTo(
            "version must be a range of OSGi versions, as [1.2,2) or 1.2, which is 1.2 and all"
                + " above it; it is 'latest'");
    assertThat(refused("(1,1)")).startsWith("version must be a range");
  }

  private String refused(String version) {
    var refused =
        catchThrowableOfType(ServerProblemException.class, () -> client.submit(wants(version)));
    assertThat(refused).as("the refusal").isNotNull();
    assertThat(refused.problem().status()).isEqualTo(422);
    assertThat(refused.problem().field()).isEqualTo("/version");
    return refused.problem().detail();
  }

  @Test
  void aVersionThatIsGoneForGoodIsForgotten() throws Exception {
    Files.delete(actions.resolve("probe-2.jar"));
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(refused("[2,3)")).endsWith("known are: 1.2.0"));

    probe.withVersion("2.0.0").copyTo(actions.resolve("probe-2.jar"));
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> versionsOffered().equals(List.of("2.0.0", "1.2.0")));
  }
}
