package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.server.NodeView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an action needs of a node, and what is said where it waits. */
class ActionsRunWhereTheirNeedsAreMet {
  @RegisterExtension final Crowd crowd = new Crowd();
  private Path actions;
  private Path tools;
  private CrowdClient client;
  private Crowd.Running server;

  @BeforeEach
  void start() throws Exception {
    actions = crowd.conf().resolve("actions");
    tools = Files.createDirectory(crowd.folder().resolve("tools"));
    crowd.environment("PATH", tools + ":" + System.getenv("PATH"));
    server = crowd.start("server", "-p", "0");
    client = server.client();
  }

  private void program(String name, String requires) throws IOException {
    var beside = Files.createDirectory(crowd.folder().resolve(name));
    DroppedProgram.script(name, "echo 1", "requires: [" + requires + "]").copyTo(beside);
    Files.move(beside, actions.resolve(name));
  }

  private void tool(String name, String script) throws IOException {
    var beside = Files.writeString(crowd.folder().resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(beside.toFile().setExecutable(true)).isTrue();
    Files.move(beside, tools.resolve(name));
  }

  private JobView submit(String action) throws Exception {
    return client.submit(
        JobRequest.of(action, List.of(TextNode.valueOf("a"), TextNode.valueOf("b")), null));
  }

  private static String name(Crowd.Running node) {
    return node.url().getAuthority();
  }

  private String why(JobView job) throws Exception {
    return String.join("\n", client.why(job.id()).lines());
  }

  private NodeView node(Crowd.Running running) throws Exception {
    return client.nodes().stream()
        .filter(node -> node.host().equals(name(running)))
        .findFirst()
        .orElseThrow();
  }

  private void assertProblems(Crowd.Running running, String... problems) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(node(running).problems()).containsExactlyInAnyOrder(problems));
  }

  @Test
  void anActionThatNeedsALabelRunsOnTheNodesThatHaveIt() throws Exception {
    program("render", "\"label gpu\"");
    var plain = crowd.node("plain", server);
    var gpu = crowd.node("gpu", server, "--labels", "gpu, big");
    assertThat(node(gpu).labels()).containsExactly("big", "gpu");

    var job = Orders.await(client, submit("render"));

    assertThat(job.status()).isEqualTo(Status.SUCCEEDED);
    for (var unit : client.units(job.id(), 10, null).units()) {
      assertThat(client.unit(unit.id()).history())
          .allSatisfy(attempt -> assertThat(attempt.node()).isEqualTo(name(gpu)));
    }
    assertThat(node(plain).actions()).doesNotContain("render");
    assertProblems(plain, "render: it needs the label gpu, which this node does not have");
    assertThat(gpu.stop()).isTrue();
    var waiting = submit("render");
    assertThat(why(waiting))
        .contains(name(plain) + ": render: it needs the label gpu, which this node does not have");
  }

  @Test
  void anActionThatNeedsAToolWaitsUntilThereIsOneThatWillDo() throws Exception {
    tool("brush", "[ \"$1\" = version ] && echo 'Brush 1.2.9 2020-01-01'");
    program("paint", "\"brush >= 1.3\"");
    program("draw", "\"brush >= 1.2\", \"pencil\"");
    var node = crowd.node("node", server);
    assertProblems(
        node,
        "draw: it needs the tool pencil, which is not on this node's path",
        "paint: it needs the tool brush 1.3.0 or higher, and this node has 1.2.9");

    tool("pencil", "exit 1");
    await().atMost(20, TimeUnit.SECONDS).until(() -> node(node).actions().contains("draw"));
    assertThat(Orders.await(client, submit("draw")).status()).isEqualTo(Status.SUCCEEDED);

    Files.delete(tools.resolve("brush"));
    await().atMost(20, TimeUnit.SECONDS).until(() -> !node(node).actions().contains("draw"));
    var job = submit("draw");
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> why(job).contains("it needs the tool brush 1.2.0 or higher, which is not on"));

    tool("brush", "[ \"$1\" = --version ] && echo 'brush version 1.3.0'");
    assertThat(Orders.await(client, job).status()).isEqualTo(Status.SUCCEEDED);
    await().atMost(20, TimeUnit.SECONDS).until(() -> node(node).actions().contains("paint"));
    assertThat(node(node).tools()).containsEntry("brush", "1.3.0").containsEntry("pencil", "0.0.0");
  }
}
