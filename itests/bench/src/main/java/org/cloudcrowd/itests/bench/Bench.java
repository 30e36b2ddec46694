package org.cloudcrowd.itests.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cloudcrowd.itests.bench.Subject.Work;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code itests/bench/bench}. */
@Command(
    name = "bench",
    description =
        "How fast CloudCrowd is on Derby and on PostgreSQL, beside db-scheduler on the same"
            + " PostgreSQL in the same run.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  @Option(names = "--units", defaultValue = "20000", description = "no-op units in one job")
  private int units;

  @Option(names = "--programs", defaultValue = "4000", description = "units that run a program")
  private int programs;

  @Option(names = "--singles", defaultValue = "500", description = "jobs of one unit, one by one")
  private int singles;

  private record Row(
      String subject,
      double noOps,
      double programs,
      double p50Millis,
      double p99Millis,
      double postSeconds) {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Row derby;
    try (var crowd = new CrowdSubject(null)) {
      derby = measure("CloudCrowd, Derby", crowd);
    }
    Row ours;
    Row peers;
    try (var postgres = durablePostgres()) {
      try (var crowd = new CrowdSubject(database(postgres, "crowd"))) {
        ours = measure("CloudCrowd, PostgreSQL", crowd);
      }
      try (var scheduler = new DbSchedulerSubject(database(postgres, "scheduler"))) {
        peers = measure("db-scheduler, PostgreSQL", scheduler);
      }
    }
    print(List.of(derby, ours, peers));
    ratio("Derby : db-scheduler", derby, peers);
    ratio("PostgreSQL : db-scheduler", ours, peers);
    return 0;
  }

  /** PostgreSQL with its own defaults, which the library turns off. */
  private static EmbeddedPostgres durablePostgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }

  private static String database(EmbeddedPostgres postgres, String name) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    return postgres.getJdbcUrl("postgres", name);
  }

  /** Each figure after a warm-up of its own. */
  private Row measure(String name, Subject subject) throws Exception {
    subject.run(Work.NOTHING, units / 4);
    subject.run(Work.NOTHING, units / 4);
    var noOps = subject.run(Work.NOTHING, units);
    subject.run(Work.PROGRAM, programs / 4);
    var ofPrograms = subject.run(Work.PROGRAM, programs);
    subject.latencies(singles / 2);
    var sorted = subject.latencies(singles).stream().sorted().toList();
    return new Row(
        name,
        noOps.perSecond(),
        ofPrograms.perSecond(),
        millis(sorted.get(sorted.size() / 2)),
        millis(sorted.get(sorted.size() * 99 / 100)),
        noOps.posting().toNanos() / 1e9);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  private void print(List<Row> rows) {
    System.out.printf(
        Locale.ROOT,
        "%-26s %12s %12s %10s %10s %14s%n",
        "",
        "no-ops/s",
        "programs/s",
        "p50 ms",
        "p99 ms",
        "post " + units + " s");
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "%-26s %12.0f %12.0f %10.2f %10.2f %14.2f%n",
          row.subject(),
          row.noOps(),
          row.programs(),
          row.p50Millis(),
          row.p99Millis(),
          row.postSeconds());
    }
  }

  private static void ratio(String name, Row one, Row other) {
    System.out.printf(
        Locale.ROOT,
        "%-26s %12.2f %12.2f %10.2f %10.2f %14.2f%n",
        name,
        one.noOps() / other.noOps(),
        one.programs() / other.programs(),
        one.p50Millis() / other.p50Millis(),
        one.p99Millis() / other.p99Millis(),
        one.postSeconds() / other.postSeconds());
  }
}
