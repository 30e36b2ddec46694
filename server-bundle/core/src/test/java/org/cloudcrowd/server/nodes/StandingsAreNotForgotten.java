package org.cloudcrowd.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.NodeRegistry.NodeStanding;
import org.junit.jupiter.api.Test;

class StandingsAreNotForgotten {
  private static final String NODE = "a:1";
  private static final NodeStanding DRAINED = new NodeStanding("drained", null);

  private final LiveNodes nodes = new LiveNodes();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Standings standings = new Standings(registry(), nodes);

  /** Its answer to a heartbeat stays on its way for a while. */
  private NodeRegistry registry() {
    return (NodeRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {NodeRegistry.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("changeStanding")) {
                return true;
              }
              asked.countDown();
              answer.await();
              return new KnownNode(NODE, "run", "{}", Instant.EPOCH, NodeStanding.GOOD, null);
            });
  }

  @Test
  void whenANodeIsDrainedWhileItsHeartbeatIsTaken() throws Exception {
    var heartbeat = new Thread(() -> standings.heard(NODE, checkIn(), "{}", Instant.EPOCH));
    var drain = new Thread(() -> standings.change(NODE, DRAINED));
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

  private static CheckIn checkIn() {
    return new CheckIn(
        "run", null, null, null, 2, 10, List.of(), List.of(), null, null, null, null, null,
        List.of());
  }
}
