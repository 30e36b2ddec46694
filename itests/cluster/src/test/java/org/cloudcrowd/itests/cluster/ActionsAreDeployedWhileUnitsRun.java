package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView;
import org.cloudcrowd.protocol.job.UnitView.AttemptView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bundles that come, change and go in the folder of a node that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionsAreDeployedWhileUnitsRun {
  private static final int UNITS = 100;

  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path deployed;
  private ActionBundle probe;
  private CrowdClient client;
  private Crowd.Running up;

  @BeforeAll
  void start() throws Exception {
    deployed = crowd.conf().resolve("actions/probe.jar");
    probe = ActionBundle.of(Path.of(System.getProperty("probe.bundle")));
    Files.delete(deployed);
    up = crowd.up("--max-workers", "2");
    client = up.client();
  }

  /** As it was before the first test. */
  @AfterEach
  void clear() throws Exception {
    try (var files = Files.list(deployed.getParent())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> problems().isEmpty() && !offers("probe") && up.workers().isEmpty());
  }

  private boolean offers(String action) throws Exception {
    return client.nodes().get(0).actions().contains(action);
  }

  private JobView submitWhenKnown(JobRequest request) {
    return await()
        .atMost(10, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> client.submit(request), job -> job != null);
  }

  private void install(String version) throws Exception {
    probe.withVersion(version).copyTo(deployed);
    await().atMost(30, TimeUnit.SECONDS).until(() -> offers("probe"));
  }

  private static JobRequest slowUnits() {
    return Orders.probe(
        IntStream.rangeClosed(1, UNITS)
            .mapToObj(i -> Map.<String, Object>of("pause", 50, "value", i))
            .toList());
  }

  private List<AttemptView> attempts(JobView job) throws Exception {
    var attempts = new ArrayList<AttemptView>();
    for (var unit : client.units(job.id(), 1000, null).units()) {
      attempts.addAll(client.unit(unit.id()).history());
    }
    return attempts;
  }

  private Set<String> versions(JobView job) throws Exception {
    var versions = new HashSet<String>();
    attempts(job).forEach(attempt -> versions.add(attempt.version()));
    return versions;
  }

  @Test
  void aBundleThatIsCopiedIntoTheFolderCanBeRun() throws Exception {
    probe.withVersion("1.0.0").copyTo(deployed);
    long copied = System.nanoTime();

    var job = submitWhenKnown(Orders.probe(List.of(Map.of("value", 7))));

    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    System.out.printf(
        Locale.ROOT,
        "a job of a new action was done %.2f s after its bundle was copied%n",
        (System.nanoTime() - copied) / 1e9);
  }

  private boolean isOver(JobView job) throws Exception {
    return client.job(job.id()).status().isComplete();
  }

  @Test
  void aBundleThatIsReplacedWhileUnitsRunFailsNoneAndTheOldVersionsWorkersEnd() throws Exception {
    install("1.0.0");
    var job = client.submit(slowUnits());
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.units(job.id(), 1000, null).units().stream().anyMatch(this::succeeded));
    var old = up.workers();

    probe.withVersion("1.1.0").copyTo(deployed);

    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(UNITS));
    assertThat(attempts(job))
        .as("nothing failed on the way")
        .extracting(AttemptView::outcome)
        .isSubsetOf("succeeded", "handed_back");
    assertThat(versions(job)).contains("1.0.0", "1.1.0");
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> old.stream().noneMatch(ProcessHandle::isAlive));
    var later = client.submit(Orders.probe(List.of(Map.of("value", 1))));
    Orders.await(client, later);
    assertThat(versions(later)).containsExactly("1.1.0");
  }

  private boolean succeeded(UnitView unit) {
    return unit.status() == Status.SUCCEEDED;
  }

  @Test
  void whatAnActionThatIsRemovedWasToRunWaitsAndGoesOnWhenItReturns() throws Exception {
    install("1.0.0");
    var job = client.submit(slowUnits());
    await().atMost(30, TimeUnit.SECONDS).until(() -> client.job(job.id()).percentComplete() > 5);

    Files.delete(deployed);

    await().atMost(10, TimeUnit.SECONDS).until(() -> !offers("probe"));
    await().atMost(10, TimeUnit.SECONDS).until(() -> noneRuns(job));
    assertThat(isOver(job)).isFalse();
    probe.withVersion("1.0.0").copyTo(deployed);
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(UNITS));
  }

  @Test
  void aFileThatIsNoActionIsReportedWithWhatIsMissingAndDisturbsNothing() throws Exception {
    install("1.0.0");
    var half = deployed.resolveSibling("half.jar");

    probe.copyHalfTo(half);
    probe
        .with("Bundle-SymbolicName", "needy")
        .with("Import-Package", "org.example.absent;version=\"[1.2,2)\"")
        .copyTo(deployed.resolveSibling("needy.jar"));
    probe
        .with("Bundle-SymbolicName", "idle")
        .with("Service-Component", "")
        .copyTo(deployed.resolveSibling("idle.jar"));

    await().atMost(30, TimeUnit.SECONDS).until(() -> problems().size() == 3);
    assertThat(problems())
        .anySatisfy(problem -> assertThat(problem).startsWith("half.jar: it is no whole jar file"))
        .contains(
            "needy.jar: it needs the package org.example.absent [1.2.0,2.0.0), which no bundle here"
                + " provides")
        .anySatisfy(problem -> assertThat(problem).startsWith("idle.jar: it brings no action"));
    assertThat(up.errors()).contains("half.jar: it is no whole jar file", "org.example.absent");
    var job = client.submit(Orders.probe(List.of(Map.of("value", 2))));
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);

    for (String file : List.of("half.jar", "needy.jar", "idle.jar")) {
      Files.delete(deployed.resolveSibling(file));
    }
    await().atMost(30, TimeUnit.SECONDS).until(() -> problems().isEmpty());
  }

  @Test
  void aBundleOfTheSameNameAndVersionIsIgnoredUntilTheFirstIsGone() throws Exception {
    install("1.0.0");
    var other = deployed.resolveSibling("a-copy.jar");

    probe.withVersion("1.0.0").with("Bundle-Name", "Other bytes").copyTo(other);

    await().atMost(30, TimeUnit.SECONDS).until(() -> problems().size() == 1);
    assertThat(problems().get(0))
        .matches(
            "a-copy.jar: the bundle \\S+ 1\\.0\\.0 is installed from another file already; give"
                + " this one another version");
    var job = client.submit(Orders.probe(List.of(Map.of("value", 2))));
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);

    Files.delete(deployed);
    await().atMost(30, TimeUnit.SECONDS).until(() -> problems().isEmpty() && offers("probe"));
    var later = client.submit(Orders.probe(List.of(Map.of("value", 2))));
    assertThat(Orders.await(client, later).status()).isEqualTo(Status.SUCCEEDED);
  }

  private List<String> problems() throws Exception {
    return client.nodes().get(0).problems();
  }

  private boolean noneRuns(JobView job) throws Exception {
    return client.units(job.id(), 1000, null).units().stream()
        .allMatch(unit -> unit.node() == null);
  }
}
