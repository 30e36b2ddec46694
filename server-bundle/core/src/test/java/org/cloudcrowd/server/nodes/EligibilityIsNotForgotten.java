package org.cloudcrowd.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.Eligibility;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.junit.jupiter.api.Test;

class EligibilityIsNotForgotten {
  private static final String NODE = "a:1";
  private static final Eligibility DRAINED = new Eligibility("drained", null);

  private final LiveNodes nodes = new LiveNodes();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final NodeEligibility eligibility = new NodeEligibility(registry(), nodes);

  /** Its answer to a heartbeat stays on its way for a while. */
  private NodeRegistry registry() {
    return (NodeRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {NodeRegistry.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("changeEligibility")) {
                return true;
              }
              asked.countDown();
              answer.await();
              return new KnownNode(NODE, "run", "{}", Instant.EPOCH, Eligibility.ELIGIBLE, null);
            });
  }

  @Test
  void whenANodeIsDrainedWhileItsHeartbeatIsTaken() throws Exception {
    var heartbeat = new Thread(() -> eligibility.heard(NODE, heartbeat(), "{}", Instant.EPOCH));
    var drain = new Thread(() -> eligibility.change(NODE, DRAINED));
    heartbeat.start();
    asked.await();
    drain.start();
    while (drain.isAlive() && drain.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    answer.countDown();
    heartbeat.join();
    drain.join();

    assertThat(nodes.find(NODE).view().reason()).isEqualTo("drained");
    assertThat(nodes.find(NODE).room()).isZero();
  }

  private static Heartbeat heartbeat() {
    return new Heartbeat(
        "run", null, null, null, 2, 10, List.of(), List.of(), null, null, null, null, null,
        List.of());
  }
}
