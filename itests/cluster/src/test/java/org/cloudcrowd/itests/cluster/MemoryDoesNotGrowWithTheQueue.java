package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.stream.IntStream;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P15, in small; {@code itests/cluster/queue} does it with a million units, and measures. */
class MemoryDoesNotGrowWithTheQueue {
  private static final AdvertisedAction ACTION =
      new AdvertisedAction("nothing", "1.0.0", null, false, false);
  private static final int UNITS = 100_000;
  private static final int CAPACITY = 50;

  @RegisterExtension final Crowd crowd = new Crowd();

  @Test
  void aServerWithASmallHeapStoresAndSendsManyUnits() throws Exception {
    crowd.environment("CROWD_JAVA_OPTIONS", "-Xmx96m -XX:+ExitOnOutOfMemoryError");
    var server = crowd.start("server", "-p", "0");
    var node = new ScriptedNode("scripted:1");
    node.heartbeat(server.url(), ACTION, CAPACITY, List.of());

    var inputs = IntStream.range(0, UNITS).<JsonNode>mapToObj(IntNode::valueOf).toList();
    var job = server.client().submit(JobRequest.of(ACTION.name(), inputs, null));
    var taken = node.poll(server.url());
    var answer =
        node.succeed(server.url(), Stage.PROCESS, taken.stream().map(UnitOrder::lease).toList());

    assertThat(taken).isNotEmpty();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(server.client().job(job.id()).workUnits()).isEqualTo(UNITS);
    assertThat(server.isAlive()).isTrue();
  }
}
