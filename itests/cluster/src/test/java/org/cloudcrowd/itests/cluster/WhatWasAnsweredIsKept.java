package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.itests.cluster.faults.Ports;
import org.cloudcrowd.itests.cluster.faults.RealPostgres;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** P3: a job that was answered is on disk, however soon after the answer everything ends. */
class WhatWasAnsweredIsKept {
  private static final int JOBS = 60;

  @RegisterExtension final Crowd crowd = new Crowd();

  private List<Long> post(CrowdClient client) throws Exception {
    var ids = new ArrayList<Long>();
    for (int i = 0; i < JOBS; i++) {
      ids.add(client.submit(Orders.waiting(1, crowd.folder(), crowd.folder())).id());
    }
    return ids;
  }

  /** Which of them there are, once the server answers again. */
  private static List<Long> found(CrowdClient client) {
    return await()
        .atMost(60, TimeUnit.SECONDS)
        .ignoreException(IOException.class)
        .until(
            () -> client.jobs(1000, null).jobs().stream().map(JobView::id).sorted().toList(),
            jobs -> jobs != null);
  }

  /** A node has to have advertised the action, and must not disturb. */
  private void offerTheAction(Crowd.Running server) throws Exception {
    var node = crowd.node("node", server);
    var job = server.client().submit(Orders.probe(List.of()));
    assertThat(Orders.await(server.client(), job).status()).isEqualTo(Status.SUCCEEDED);
    node.stop();
  }

  @Test
  void whenPostgresIsKilled() throws Exception {
    try (var postgres = new RealPostgres()) {
      crowd.configure("org.cloudcrowd.store.cfg", "user", "postgres");
      crowd.configure("org.cloudcrowd.store.cfg", "connection_timeout_seconds", "5");
      var server = crowd.start("server", "-p", "0", "--database", postgres.url());
      offerTheAction(server);

      var answered = post(server.client());
      postgres.killAndRestart();

      assertThat(found(server.client())).containsAll(answered);
    }
  }

  @Test
  void whenAServerWithDerbyIsKilled() throws Exception {
    var port = Integer.toString(Ports.free());
    var server = crowd.start("server", "-p", port);
    offerTheAction(server);

    var answered = post(server.client());
    server.kill();
    var again = crowd.start("server", "-p", port);

    assertThat(found(again.client())).containsAll(answered);
  }
}
