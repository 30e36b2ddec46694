package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.cloudcrowd.itests.cluster.faults.Campaign;
import org.cloudcrowd.itests.cluster.faults.Campaign.Plan;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** P1, P2, P5, P6, P7, P9, P17, P18, P19, in their short form; {@code ./faults} is the long one. */
@Order(2)
class FaultsLoseNothing {
  @Test
  void onPostgresWithTwoServers() throws Exception {
    run(new Plan("postgres", 2, 2, 600, 14, 1));
  }

  @Test
  void onDerby() throws Exception {
    run(new Plan("derby", 1, 2, 600, 12, 2));
  }

  private static void run(Plan plan) throws Exception {
    try (var campaign = new Campaign(plan)) {
      var report = campaign.run();
      System.out.print(report.table());

      assertThat(report.unfounded()).as("results of others").isZero();
      assertThat(report.lost()).as("lost").isZero();
      assertThat(report.doubled()).as("doubled").isZero();
      assertThat(report.stuck()).as("stuck").isZero();
      assertThat(report.extraJobs()).as("extra jobs").isZero();
      assertThat(report.reruns()).as("reruns").isPositive();
    }
  }
}
