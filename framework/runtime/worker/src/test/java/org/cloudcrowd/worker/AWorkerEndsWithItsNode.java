package org.cloudcrowd.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.protocol.worker.WorkerReady;
import org.junit.jupiter.api.Test;

class AWorkerEndsWithItsNode {
  @Test
  void evenWhereNobodyReadsWhatTheNodeSays() throws Exception {
    var ended = new CountDownLatch(1);

    new NodeChannel(
        new ByteArrayInputStream("{}\n".getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        ended::countDown);

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void andGoesOnAsLongAsItIsThere() throws Exception {
    var ended = new CountDownLatch(1);
    try (var node = new PipedOutputStream();
        var in = new PipedInputStream(node)) {
      var channel = new NodeChannel(in, new ByteArrayOutputStream(), ended::countDown);
      node.write("{\"pid\":7}\n".getBytes(StandardCharsets.UTF_8));
      node.flush();

      assertThat(channel.read(WorkerReady.class)).isEqualTo(new WorkerReady(7, null));
      assertThat(ended.getCount()).isEqualTo(1);
    }
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
