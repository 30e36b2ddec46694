package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.protocol.server.BundleView.OnNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundlesAreDeployedToEveryNode {
  private static final int UNPROCESSABLE = 422;
  private static final int CONFLICT = 409;

  @RegisterExtension private final Crowd crowd = new Crowd();
  private final List<Crowd.Running> others = new ArrayList<>();
  private Path folder;
  private Path probeJar;
  private ActionBundle probe;
  private CrowdClient client;
  private Crowd.Running server;
  private String one;

  @BeforeAll
  void start() throws Exception {
    // A node that was killed is forgotten with its leases.
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "4");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    probe = ActionBundle.of(Path.of(System.getProperty("probe.bundle")));
    Files.delete(crowd.conf().resolve("actions/probe.jar"));
    server = crowd.up();
    client = server.client();
    one = client.nodes().get(0).host();
  }

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createTempDirectory(crowd.folder(), "test");
    probeJar = folder.resolve("probe.jar");
    probe.withVersion("1.2.0").copyTo(probeJar);
  }

  /** As it was before the first test: one node, and nothing deployed. */
  @AfterEach
  void clear() throws Exception {
    others.forEach(Crowd.Running::terminate);
    others.clear();
    for (BundleView bundle : client.bundles()) {
      client.undeploy(bundle.sha256());
    }
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.nodes())
                    .singleElement()
                    .satisfies(node -> assertThat(node.actions()).isEmpty()));
  }

  /** A node beside the one that is always there; a name of the same test has the same data. */
  private Crowd.Running node(String name) throws IOException {
    var node = crowd.node(folder.getFileName() + name, server);
    others.add(node);
    return node;
  }

  private Crowd.Running nodeThatAllowsNone(String name) throws IOException {
    var node = crowd.nodeWith("deployed_bundles", "false", folder.getFileName() + name, server);
    others.add(node);
    return node;
  }

  private static String name(Crowd.Running node) {
    return node.url().getAuthority();
  }

  private void awaitInstalled(int nodes) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .untilAsserted(
            () -> {
              var states = client.bundles().get(0).nodes();
              assertThat(states).hasSize(nodes);
              assertThat(states).allMatch(node -> node.status().equals("installed"));
            });
  }

  private String run(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", server.url().toString()));
    var ended = crowd.run(all.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended.out();
  }

  @Test
  void everyNodeHasItWithinSecondsAlsoOneThatJoinsLaterAndItCanBeUndeployed() throws Exception {
    var two = node("two");
    long begun = System.nanoTime();
    assertThat(run("deploy", probeJar.toString())).contains("(probe)", "SHA-256");
    long deployed = System.nanoTime();
    awaitInstalled(2);
    System.out.printf(
        Locale.ROOT,
        "two nodes had a bundle %.2f s after it was deployed, and %.2f s after the command began%n",
        (System.nanoTime() - deployed) / 1e9,
        (System.nanoTime() - begun) / 1e9);

    var job =
        client.submit(
            Orders.probe(
                List.of(
                    Map.of("value", 1, "pause", 200),
                    Map.of("value", 2, "pause", 200),
                    Map.of("value", 3, "pause", 200),
                    Map.of("value", 4, "pause", 200))));
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(4));
    var three = node("three");
    awaitInstalled(3);
    assertThat(run("bundles"))
        .contains(one + ": installed", name(two) + ": installed", name(three) + ": installed");

    assertThat(run("undeploy", client.bundles().get(0).symbolicName())).contains("is undeployed");
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> client.nodes().stream().noneMatch(node -> node.actions().contains("probe")));
    assertThat(client.bundles()).isEmpty();
    var waiting = client.submit(Orders.probe(List.of(Map.of("value", 1))));
    client.deploy(probeJar);
    assertThat(Orders.await(client, waiting).status()).isEqualTo(Status.SUCCEEDED);
  }

  @Test
  void aProgramsFolderIsDeployed() throws Exception {
    var program = Files.createDirectory(folder.resolve("shout"));
    DroppedProgram.script("shout", "echo '\"HI\"'", "version: 1.1.0").copyTo(program);

    assertThat(run("deploy", program.toString())).contains("org.cloudcrowd.program.shout@1.1.0");

    awaitInstalled(1);
    var job =
        Orders.await(
            client, client.submit(JobRequest.of("shout", List.of(TextNode.valueOf("a")), null)));
    assertThat(job.outputs()).containsExactly(TextNode.valueOf("HI"));
    assertThat(client.action("shout").version()).isEqualTo("1.1.0");
  }

  @Test
  void itSurvivesARestartOfTheNodeAndANodeThatAllowsNoneTakesNone() throws Exception {
    client.deploy(probeJar);
    var two = node("two");
    awaitInstalled(2);
    assertThat(two.stop()).isTrue();
    var again = node("two");
    assertThat(client.nodes())
        .filteredOn(node -> node.host().equals(name(again)))
        .allSatisfy(node -> assertThat(node.actions()).contains("probe"))
        .hasSize(1);

    var none = nodeThatAllowsNone("none");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.bundles().get(0).nodes())
                    .hasSize(3)
                    .contains(
                        new OnNode(
                            name(none),
                            "refused",
                            "the node takes no deployed bundles (deployed_bundles)")));
  }

  @Test
  void whatWasUndeployedWhileANodeWasAwayIsGoneWhenItReturns() throws Exception {
    var deployed = client.deploy(probeJar);
    var two = node("two");
    awaitInstalled(2);
    two.kill();

    client.undeploy(deployed.sha256());
    var again = node("two");

    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.nodes())
                    .filteredOn(node -> node.host().equals(name(again)))
                    .singleElement()
                    .satisfies(node -> assertThat(node.actions()).doesNotContain("probe")));
  }

  @Test
  void aNodeThatAllowsNoneAnyMoreRemovesWhatItHas() throws Exception {
    client.deploy(probeJar);
    var two = node("two");
    awaitInstalled(2);
    assertThat(two.stop()).isTrue();

    var again = nodeThatAllowsNone("two");

    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.nodes())
                    .filteredOn(node -> node.host().equals(name(again)))
                    .singleElement()
                    .satisfies(node -> assertThat(node.actions()).doesNotContain("probe")));
  }

  private ServerProblemException refused(Path file) {
    var refused = catchThrowableOfType(ServerProblemException.class, () -> client.deploy(file));
    assertThat(refused).as("the refusal").isNotNull();
    return refused;
  }

  private void isRefused(Path file, int status, String detail) {
    var refused = refused(file);
    assertThat(refused.problem().detail()).contains(detail);
    assertThat(refused.problem().status()).isEqualTo(status);
  }

  private Path file(String name, ActionBundle bundle) throws IOException {
    var file = crowd.folder().resolve(name);
    bundle.copyTo(file);
    return file;
  }

  @Test
  void whatIsNoActionOrDoesNotFitWhatIsDeployedIsRefused() throws Exception {
    client.deploy(probeJar);
    assertThat(client.deploy(probeJar).deployedAt()).as("the same bytes again").isNotNull();
    assertThat(client.bundles()).hasSize(1);

    isRefused(
        file("other.jar", probe.withVersion("1.2.0").with("Bundle-Name", "Other bytes")),
        CONFLICT,
        "1.2.0 is deployed with other bytes (SHA-256 ");
    isRefused(
        file("rival.jar", probe.with("Bundle-SymbolicName", "rival")),
        CONFLICT,
        "the action probe is brought by the deployed bundle org.cloudcrowd.itests.probe 1.2.0");
    isRefused(
        file("idle.jar", probe.with("Provide-Capability", "other;a=b")),
        UNPROCESSABLE,
        "it brings no action");
    var half = folder.resolve("half.jar");
    probe.copyHalfTo(half);
    isRefused(half, UNPROCESSABLE, "it is no whole jar file");
    var wrong = folder.resolve("wrong.zip");
    DroppedProgram.script("x", "echo 1", "colour: red").zipTo(wrong);
    isRefused(wrong, UNPROCESSABLE, "action.yaml: there is no key 'colour'");
    var text = Files.writeString(folder.resolve("text.jar"), "no jar at all");
    isRefused(text, UNPROCESSABLE, "it is no whole jar file");
    assertThat(client.bundles()).hasSize(1);

    client.deploy(file("new.jar", probe.withVersion("2.0.0")));
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () ->
                client.actions().stream().filter(offer -> offer.name().equals("probe")).count()
                    == 2);
  }

  @Test
  void aDryRunTellsWhatWouldChangeOnEachNodeAndKeepsNothing() throws Exception {
    assertThat(run("deploy", "--dry-run", probeJar.toString()))
        .contains(one + ": resolves", "probe can be run");
    client.deploy(probeJar);
    awaitInstalled(1);

    assertThat(tried(probe.withVersion("2.0.0")).changes())
        .containsExactly("probe is run by 2.0.0 in place of 1.2.0 where a job asks for no version");
    assertThat(tried(probe.withVersion("1.0.0")).changes())
        .containsExactly("probe 1.0.0 is run where a job asks for it; 1.2.0 stays the highest");
    var needy =
        tried(
            probe
                .withVersion("3.0.0")
                .with("Import-Package", "org.example.absent;version=\"[1.2,2)\"")
                .with(
                    "Require-Capability",
                    "org.cloudcrowd.tool;filter:=\"(&(org.cloudcrowd.tool=nope)(version>=2.1))\""));
    assertThat(needy.status()).isEqualTo("failed");
    assertThat(needy.problem())
        .contains(
            "it needs the package org.example.absent [1.2.0,2.0.0), which no bundle here provides",
            "it needs the tool nope 2.1 or higher, which is not on this node's path");
    assertThat(client.bundles()).hasSize(1);
    assertThat(client.action("probe").version()).isEqualTo("1.2.0");
  }

  private OnNode tried(ActionBundle bundle) throws Exception {
    BundleView tried = client.tryOut(file("tried.jar", bundle));
    assertThat(tried.deployedAt()).isNull();
    assertThat(tried.nodes()).hasSize(1);
    return tried.nodes().get(0);
  }

  @Test
  void whatAServerHandsOutWithAnotherChecksumIsNotInstalled() throws Exception {
    var wrong = new SwappingServer(server.url());
    var two =
        crowd.start(
            "node",
            "--node-port",
            "0",
            "--server",
            wrong.url(),
            "--data",
            folder.resolve("two").toString());
    others.add(two);
    client.deploy(probeJar);

    await()
        .atMost(30, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(client.bundles().get(0).nodes())
                    .filteredOn(node -> node.host().equals(name(two)))
                    .singleElement()
                    .satisfies(
                        node -> {
                          assertThat(node.status()).isEqualTo("failed");
                          assertThat(node.problem()).contains("has another SHA-256");
                        }));
    assertThat(client.nodes())
        .filteredOn(node -> node.host().equals(name(two)))
        .allSatisfy(node -> assertThat(node.actions()).doesNotContain("probe"));
    wrong.close();
  }
}
