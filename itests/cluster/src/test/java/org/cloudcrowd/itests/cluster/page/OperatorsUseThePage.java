package org.cloudcrowd.itests.cluster.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.CallbackReceiver;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.Orders;
import org.cloudcrowd.itests.cluster.RubyNode;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** One cluster, from its empty beginning to the loss of its server, as an operator sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperatorsUseThePage {
  private static final int MANY = 5000;
  private static final String HOSTILE =
      "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=2</script>'\"&{{1}}${1}";

  @RegisterExtension
  private final Crowd crowd = new Crowd("word-count", "process-pdfs", "graphics-magick");

  private final ObjectMapper json = new ObjectMapper();
  private String[] arguments;
  private Crowd.Running server;
  private CrowdClient client;
  private Browser browser;
  private Path folder;

  @BeforeAll
  void start() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "5");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    // The nodes have data folders of their own, and files lie where the server finds them.
    crowd.configure(
        "org.cloudcrowd.assets.cfg", "directory", crowd.folder().resolve("files").toString());
    arguments = new String[] {"server", "-p", Integer.toString(Ports.free())};
    server = crowd.start(arguments);
    client = server.client();
    browser = new Browser(server.url());
  }

  @AfterAll
  void stop() {
    browser.close();
    crowd.close();
  }

  @BeforeEach
  void makeFolder() throws Exception {
    folder = Files.createTempDirectory(crowd.folder(), "test");
  }

  private JobView job(Object... orders) throws Exception {
    return client.submit(
        JobRequest.builder("probe", List.of(json.valueToTree(List.of(orders)))).build());
  }

  private void awaitSuccess(JobView job) throws Exception {
    var ended = Orders.await(client, job);
    assertThat(ended.status()).as("%s", ended.failures()).isEqualTo(Status.SUCCEEDED);
  }

  private void isWithoutFault() throws Exception {
    assertThat(browser.barriers()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /** Light, dark, and as wide as a phone. */
  private void screenshots(String name) throws Exception {
    browser.screenshot(name + "-light");
    browser.theme("dark");
    browser.screenshot(name + "-dark");
    isWithoutBarrier();
    browser.theme("light");
    browser.resize(390, 844);
    browser.screenshot(name + "-phone");
    assertThat(browser.script("return document.documentElement.scrollWidth <= window.innerWidth"))
        .as("nothing is wider than a phone")
        .isEqualTo(true);
    isWithoutBarrier();
    browser.resize(1280, 900);
  }

  @Test
  @Order(1)
  void anEmptyClusterSaysHowToBeginAndANodeAppearsByItself() throws Exception {
    browser.open("");
    browser.awaitText("Nothing runs here yet");
    assertThat(browser.text())
        .contains("crowd node --server " + server.url(), "crowd submit word_count", "Live");
    screenshots("empty");
    isWithoutFault();

    crowd.node("one", server);
    crowd.node("two", server);

    browser.awaitText("2 nodes");
    browser.go("nodes");
    browser.awaitText("0 work units of 2 at once");
    assertThat(browser.text()).contains("graphics_magick, probe, process_pdfs, word_count");
    isWithoutFault();
  }

  @Test
  @Order(2)
  void aJobOfManyUnitsIsSeenToRun() throws Exception {
    var go = folder.resolve("go");
    var orders =
        IntStream.range(0, MANY)
            .mapToObj(
                i ->
                    i % 500 == 250
                        ? Map.<String, Object>of("value", i, "await", go.toString())
                        : Map.<String, Object>of("value", i))
            .toArray();
    browser.open("");
    browser.awaitText("Live");
    var job = job(orders);
    browser.awaitText("probe");
    browser.go("jobs/" + job.id());
    browser.awaitText("running 4");
    browser.awaitText("Who ran when");
    screenshots("running");
    browser.go("");
    browser.awaitText("Throughput");
    browser.find("crowd-graph canvas");
    screenshots("overview");
    browser.go("nodes");
    browser.awaitText("2 work units of 2 at once");
    browser.find("crowd-worker summary").click();
    browser.awaitText("of job " + job.id() + " (probe), attempt ");
    isWithoutFault();
    browser.go("jobs/" + job.id());
    browser.find("crowd-unit-grid canvas").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ENTER);
    browser.awaitText("Work unit ");
    browser.awaitText("Input");
    browser.go("jobs/" + job.id());

    Files.createFile(go);

    browser.awaitText("succeeded " + String.format(Locale.ENGLISH, "%,d", MANY + 1));
    browser.awaitText("Outputs");
    awaitSuccess(job);
    isWithoutFault();
  }

  @Test
  @Order(3)
  void aFailedJobIsOpenedDownToTheLogOfAnAttemptAndTriedAgain() throws Exception {
    var need = folder.resolve("need");
    var job =
        job(
            Map.of("value", 1),
            Map.of("value", 2, "print", "words of the attempt\n", "need", need.toString()));
    browser.open("");
    browser.awaitText("Job " + job.id() + " (probe) failed");
    browser.click(Long.toString(job.id()));
    browser.awaitText("What failed");
    assertThat(browser.text()).contains("there is no " + need, "failed 1", "succeeded 1");
    var unit = client.job(job.id()).failures().get(0).workUnitId();
    screenshots("failed");

    browser.click(Long.toString(unit));
    browser.awaitText("Log of attempt 3");
    browser.click("tr:nth-child(2)", "Show");
    browser.awaitText("Log of attempt 2");
    assertThat(browser.find("pre.log").getText()).contains("words of the attempt");
    assertThat(browser.text()).contains("there is no " + need);
    screenshots("attempt");

    Files.createFile(need);
    browser.click("Job " + job.id());
    browser.click("Retry");
    browser.awaitText("succeeded 3");
    assertThat(client.job(job.id()).status()).isEqualTo(Status.SUCCEEDED);
    isWithoutFault();
  }

  @Test
  @Order(4)
  void aJobIsSubmittedByAFormDrawnFromTheSchemaOfNestedOptions() throws Exception {
    browser.open("submit");
    browser.field("Action").sendKeys("process_pdfs");
    browser.awaitText("batch_size");
    browser.field("Inputs").sendKeys("file:///no/such.pdf");
    browser.awaitText("1 input");
    browser.click("fieldset fieldset", "Add");
    browser.field("extension").sendKeys("png");
    browser.field("name").sendKeys("sm all");
    browser.field("batch_size").sendKeys("0");
    browser.click(".submit .buttons", "Submit");
    assertThat(
            browser.script(
                "return document.querySelector('#option-batch_size').matches(':invalid')"))
        .as("the browser keeps to the schema's limits")
        .isEqualTo(true);
    browser.field("batch_size").sendKeys(Keys.BACK_SPACE, "5");
    screenshots("submit");
    browser.click(".submit .buttons", "Submit");
    assertThat(browser.find("label:has(#option-images-0-name) .problem").getText())
        .contains("does not match the regex pattern");
    browser.complaints().removeIf(complaint -> complaint.contains("422"));

    browser.field("name").sendKeys(Keys.chord(Keys.CONTROL, "a"), "small");
    browser.click(".submit .buttons", "Submit");
    browser.awaitText("process_pdfs");
    browser.awaitText("Correlation id");
    var job = client.jobs(1, null).jobs().get(0);
    assertThat(job.action()).isEqualTo("process_pdfs");
    isWithoutFault();
    client.delete(job.id());
    browser.awaitText("There is no such job (any more)");
    // What the page had asked for when the job was deleted is answered by 404.
    browser.open("jobs");
    browser.complaints().removeIf(complaint -> complaint.contains("/jobs/" + job.id() + "/"));
  }

  @Test
  @Order(5)
  void jobsAreFoundAndManyAreChangedAtOnce() throws Exception {
    var go = folder.resolve("go");
    var labelled =
        List.of(1, 2, 3).stream()
            .map(
                i ->
                    submitted(
                        Orders.probe(List.of(Map.of("value", i, "await", go.toString())))
                            .copy()
                            .labels(Map.of("team", "maps"))
                            .build()))
            .toList();
    browser.open("jobs");
    browser.field("Find").sendKeys("team:maps");
    browser.click("Find");
    browser.awaitText("team:maps");
    await().until(() -> rows() == labelled.size());
    isWithoutFault();

    browser.click("Choose all shown");
    browser.awaitText("3 jobs chosen");
    browser.click("Cancel");
    browser.awaitText("Cancel 3 jobs?");
    browser.click("dialog", "Leave it");
    assertThat(client.job(labelled.get(0)).status().isComplete()).isFalse();
    browser.click("Cancel");
    browser.click("dialog", "Cancel");
    for (long id : labelled) {
      awaitStatus(id, Status.CANCELLED);
    }
    browser.awaitText("− cancelled");
    Files.createFile(go);
    browser.click("Choose all shown");
    browser.click("Retry");
    browser.click("dialog", "Retry");
    for (long id : labelled) {
      awaitStatus(id, Status.SUCCEEDED);
    }
    browser.awaitText("✓ succeeded");
    browser.click("Choose all shown");
    browser.click("Delete");
    browser.click("dialog", "Delete");
    browser.awaitText("No job is like that.");
    isWithoutFault();
  }

  private void awaitStatus(long job, Status status) {
    await("job " + job + " is " + status)
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.job(job).status() == status);
  }

  private long rows() {
    return (Long) browser.script("return document.querySelectorAll('table.jobs tbody tr').length");
  }

  private long submitted(JobRequest request) {
    try {
      return client.submit(request).id();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @Order(6)
  void nodesAreDrainedAndResumedAndGetOtherWorkers() throws Exception {
    var node = client.nodes().get(0).host();
    var card = "article[aria-label='Node " + node + "']";
    browser.open("nodes");
    browser.click(card, "Drain");
    browser.awaitText("drained: it takes nothing until it is resumed");
    browser.go("");
    browser.awaitText("takes nothing");
    assertThat(browser.find(".attention").getText()).contains("Node " + node);
    browser.go("nodes");
    browser.click(card, "Resume");
    browser.awaitNoText("drained");

    browser.click(card, "Change its workers");
    browser.field("Workers at once").sendKeys(Keys.BACK_SPACE, "5");
    isWithoutFault();
    browser.click("dialog", "Change");
    browser.awaitText("0 work units of 5 at once");
    var go = folder.resolve("go");
    var ledger = folder.resolve("ledger");
    var other = client.nodes().get(1).host();
    client.drain(other);
    var job = client.submit(Orders.waiting(5, ledger, go));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Orders.ledger(ledger).size() == 5);
    client.resume(other);

    browser.click(card, "Change its workers");
    browser.field("Workers at once").sendKeys(Keys.BACK_SPACE);
    browser.click("dialog", "Change");
    browser.awaitText("of 2 at once");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.nodes().stream().allMatch(now -> now.maxWorkers() == 2));
    Files.createFile(go);
    assertThat(Orders.sum(Orders.await(client, job))).isEqualTo(Orders.sumOf(5));
    isWithoutFault();
  }

  @Test
  @Order(7)
  void anActionIsBlacklistedAndAWaitingJobSaysWhy() throws Exception {
    browser.open("actions");
    browser.click("tbody tr:nth-child(2)", "Blacklist");
    browser.awaitText("Blacklist probe?");
    browser.click("dialog", "Blacklist");
    browser.awaitText("blacklisted");
    assertThat(client.blacklist()).hasSize(1);
    var job = job(Map.of("value", 1));
    browser.go("");
    browser.awaitText("waits");
    assertThat(browser.find(".attention").getText())
        .contains("Action probe is blacklisted", "the action probe is on the blacklist");
    isWithoutFault();
    browser.go("jobs/" + job.id());
    browser.awaitText("Why work units wait: 1");
    browser.awaitText("the action probe is on the blacklist");

    browser.go("actions");
    browser.click("Take off the blacklist");
    awaitSuccess(job);
    isWithoutFault();
  }

  @Test
  @Order(8)
  void whatIsStoredIsShownAsTextAndDoesNothing() throws Exception {
    var failing =
        submitted(
            JobRequest.builder(
                    "probe",
                    List.of(
                        json.valueToTree(
                            List.of(
                                Map.of("value", HOSTILE, "print", HOSTILE + "\n", "fail", HOSTILE),
                                Map.of("value", HOSTILE)))))
                .labels(Map.of("team", HOSTILE.substring(0, 60)))
                .correlationId("a-b")
                .build());
    var returning =
        submitted(
            JobRequest.builder(
                    "probe",
                    List.of(
                        json.valueToTree(
                            List.of(
                                Map.of(
                                    "value",
                                    Map.of(
                                        "url", "javascript:window.hacked=3", "text", HOSTILE))))))
                .build());
    Orders.await(client, client.job(failing));
    Orders.await(client, client.job(returning));
    var unit = client.job(failing).failures().get(0).workUnitId();
    for (String place :
        List.of(
            "",
            "jobs",
            "jobs?label=" + URLEncoder.encode("a:" + HOSTILE, StandardCharsets.UTF_8),
            "jobs/" + failing,
            "jobs/" + returning,
            "units/" + unit,
            "nodes",
            "actions",
            "submit/" + HOSTILE,
            HOSTILE)) {
      browser.open(place);
      browser.awaitText("Live");
      browser.find("h1");
    }
    browser.open("jobs/" + failing);
    browser.awaitText(HOSTILE);
    browser.open("jobs/" + returning);
    browser.awaitText("javascript:window.hacked=3");
    browser.open("units/" + unit);
    browser.awaitText("Log of attempt");
    assertThat(browser.find("pre.log").getText()).contains(HOSTILE);
    browser.screenshot("hostile");

    assertThat(browser.script("return window.hacked")).isNull();
    assertThat(browser.complaints()).isEmpty();
    client.delete(failing);
    client.delete(returning);
  }

  @Test
  @Order(9)
  void filesThatActionsSavedHaveLinksAndPicturesAPreview() throws Exception {
    var picture = folder.resolve("picture.png");
    var made =
        new ProcessBuilder("gm", "convert", "-size", "40x30", "xc:red", picture.toString()).start();
    assertThat(made.waitFor()).isZero();
    var shrunk =
        client.submit(
            JobRequest.of(
                "graphics_magick",
                List.of(json.valueToTree(picture.toUri().toString())),
                (ObjectNode)
                    json.readTree(
                        "{\"steps\": [{\"name\": \"small\", \"command\": \"convert\","
                            + " \"options\": \"-resize 50%\", \"extension\": \"png\"}]}")));
    Orders.await(client, shrunk);
    browser.open("jobs/" + shrunk.id());
    browser.find("img.preview");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () ->
                browser
                    .script("return document.querySelector('img.preview').naturalWidth")
                    .equals(20L));
    screenshots("preview");

    var job = job(Map.of("save", "text", "value", 1));
    Orders.await(client, job);
    browser.open("jobs/" + job.id());
    browser.awaitText("saved.txt");
    var link = browser.button("saved.txt").getAttribute("href");
    assertThat(link).startsWith(server.url() + "assets/probe/job_" + job.id());
    assertThat(browser.script("return fetch(arguments[0]).then((it) => it.text())", link))
        .isEqualTo("text");
    isWithoutFault();
  }

  @Test
  @Order(10)
  void oneJobIsCancelledTriedAgainItsReceiverToldAndDeleted() throws Exception {
    var go = folder.resolve("go");
    try (var receiver = new CallbackReceiver()) {
      var job =
          client.submit(
              receiver.told(Orders.probe(List.of(Map.of("value", 1, "await", go.toString())))));
      browser.open("jobs/" + job.id());
      browser.click("Cancel");
      browser.click("dialog", "Cancel the job");
      browser.awaitText("cancelled");
      browser.awaitText("HTTP 200");
      assertThat(receiver.messages(job.id())).hasSize(1);
      Files.createFile(go);
      browser.click("Retry");
      browser.awaitText("succeeded 2");
      await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 2);

      browser.click("Send the callback again");
      await().atMost(30, TimeUnit.SECONDS).until(() -> receiver.messages(job.id()).size() == 3);
      browser.awaitText("job-" + job.id() + "-3");
      // Between the retry and the news of it, the page may ask for what was withdrawn.
      browser.complaints().removeIf(complaint -> complaint.contains("/callback"));
      isWithoutFault();
      browser.click("Delete");
      browser.click("dialog", "Delete the job");
      browser.awaitText("Choose all shown");
      browser.open("jobs/" + job.id());
      browser.awaitText("There is no such job (any more)");
      browser.complaints().removeIf(complaint -> complaint.contains("404"));
    }
  }

  @Test
  @Order(11)
  void aJobOfAnActionWhoseStagesNobodyListedHasAWarning() throws Exception {
    try (var ruby = new RubyNode(server.url(), 1)) {
      ruby.checkIn("unlisted");
      var job = client.submit(RubyNode.job("unlisted", List.of(Map.of("value", 1))));
      awaitSuccess(job);

      browser.open("jobs/" + job.id());

      browser.awaitText("stages of etc/org.cloudcrowd.ruby.cfg does not list it");
      isWithoutFault();
    }
    await().atMost(30, TimeUnit.SECONDS).until(() -> client.nodes().size() == 2);
  }

  @Test
  @Order(12)
  void aJobThatNoNodeCanRunSaysWhyForEach() throws Exception {
    browser.open("nodes");
    browser.click("Drain all of these");
    browser.awaitText("Drain 2 nodes?");
    browser.click("dialog", "Drain");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> client.nodes().stream().allMatch(node -> node.reason() != null));
    var job = job(Map.of("value", 1));
    browser.open("");
    browser.awaitText("no node can run it");
    assertThat(client.job(job.id()).word()).isEqualTo("queued");
    browser.go("jobs");
    browser.awaitText(job.id() + "\tprobe\t○ queued");
    browser.go("jobs/" + job.id());
    browser.awaitText("Job " + job.id() + ": probe ○ queued");
    assertThat(client.units(job.id(), 1, null).units().get(0).word()).isEqualTo("queued");
    for (var node : client.nodes()) {
      browser.awaitText(node.host() + " takes nothing: drained");
    }
    browser.go("nodes");
    browser.click("Resume all of these");
    browser.click("dialog", "Resume");
    awaitSuccess(job);
    isWithoutFault();
  }

  @Test
  @Order(13)
  void newJobsAreShownOnDemandAndOldOnesByPages() throws Exception {
    for (int i = 0; i < 60; i++) {
      client.submit(Orders.probe(List.of()));
    }
    browser.open("jobs");
    await().atMost(30, TimeUnit.SECONDS).until(() -> rows() == 50);
    browser.click("More");
    await().atMost(30, TimeUnit.SECONDS).until(() -> rows() > 59);
    var newest = client.submit(Orders.probe(List.of()));
    browser.click("Show what is new");
    browser.button(Long.toString(newest.id()));
    isWithoutFault();
  }

  @Test
  @Order(14)
  void withoutTheStreamItAsksAndAServerThatIsLostIsAwaited() throws Exception {
    browser.open("jobs");
    browser.awaitText("Live");
    browser.tools("Network.enable", Map.of());
    browser.tools("Network.setBlockedURLs", Map.of("urls", List.of("*/events*")));
    browser.open("");
    browser.awaitText("The event stream is not available");
    var go = folder.resolve("go");
    var job = job(Map.of("value", 1, "await", go.toString()));
    browser.awaitText(Long.toString(job.id()));
    isWithoutBarrier();
    browser.tools("Network.setBlockedURLs", Map.of("urls", List.of()));
    browser.awaitText("Live");

    server.kill();
    browser.awaitText("The connection is lost");
    assertThat(browser.text()).contains("Open jobs", Long.toString(job.id()));
    screenshots("lost");
    server = crowd.start(arguments);
    browser.awaitText("Live");
    browser.awaitText("2 nodes");
    Files.createFile(go);
    browser.awaitText("None. All jobs");
    awaitSuccess(job);
  }

  /** While the server is away, the console is full of that. */
  private void isWithoutBarrier() throws Exception {
    assertThat(browser.barriers()).isEmpty();
  }
}
