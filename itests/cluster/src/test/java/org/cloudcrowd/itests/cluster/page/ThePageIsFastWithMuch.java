package org.cloudcrowd.itests.cluster.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudcrowd.itests.cluster.Crowd;
import org.cloudcrowd.itests.cluster.ScriptedNode;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Prints how long the page takes for a job of 100,000 units and for 200 nodes. */
class ThePageIsFastWithMuch {
  private static final int UNITS = 100_000;
  private static final int NODES = 200;
  private static final AdvertisedAction ACTION =
      new AdvertisedAction("count", "1.0.0", null, false, false);

  @RegisterExtension final Crowd crowd = new Crowd();

  @Test
  void theFirstPictureAndTheLongestTask() throws Exception {
    crowd.configure("org.cloudcrowd.server.cfg", "lease_seconds", "600");
    var server = crowd.start("server", "-p", "0");
    for (int i = 0; i < NODES; i++) {
      new ScriptedNode("10.0.0.1:" + (10_000 + i)).heartbeat(server.url(), ACTION, 0, List.of());
    }
    var client = server.client();
    client.addToBlacklist("count", null);
    List<JsonNode> inputs = Collections.nCopies(UNITS, IntNode.valueOf(1));
    var job = client.submit(JobRequest.builder("count", inputs).build());
    try (var browser = new Browser(server.url())) {
      browser.tools(
          "Page.addScriptToEvaluateOnNewDocument",
          Map.of(
              "source",
              "window.longest = 0; new PerformanceObserver((list) => list.getEntries().forEach("
                  + "(task) => window.longest = Math.max(window.longest, task.duration)))"
                  + ".observe({type: 'longtask', buffered: true});"));
      print(browser, "jobs/" + job.id(), ".stages", "a job of 100,000 units");
      print(browser, "jobs/" + job.id(), "crowd-unit-grid canvas", "the grid of these units");
      browser.awaitText("queued 100,000");
      print(browser, "nodes", "article.node", "200 nodes");
      browser.awaitText("200 nodes");
      print(browser, "", "crowd-graph canvas", "the overview of both");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void print(Browser browser, String place, String picture, String what) {
    browser.open(place);
    browser.find(picture);
    double shown = ((Number) browser.script("return performance.now()")).doubleValue();
    // What is told later is a task too.
    browser.script(
        "return new Promise((heard) => new EventSource('events?kinds=sample')"
            + ".addEventListener('sample', () => heard()))");
    double longest = ((Number) browser.script("return window.longest")).doubleValue();
    System.out.printf(
        Locale.ROOT,
        "The page with %s: first picture %.0f ms after it was opened, longest task %.0f ms%n",
        what,
        shown,
        longest);
  }
}
