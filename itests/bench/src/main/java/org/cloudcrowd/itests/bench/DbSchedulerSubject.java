package org.cloudcrowd.itests.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;

/**
 * db-scheduler on PostgreSQL, set up as its documentation says for throughput: lock-and-fetch, and
 * immediate execution. A program is run through Commons Exec.
 */
final class DbSchedulerSubject implements Subject {
  /** The table of db-scheduler 16 for PostgreSQL, from its documentation. */
  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null,
        task_instance text not null,
        task_data bytea,
        execution_time timestamp with time zone not null,
        picked boolean not null,
        picked_by text,
        last_success timestamp with time zone,
        last_failure timestamp with time zone,
        consecutive_failures int,
        last_heartbeat timestamp with time zone,
        version bigint not null,
        priority smallint,
        primary key (task_name, task_instance));
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private static final int THREADS = 10;

  private final HikariDataSource pool;
  private final OneTimeTask<Void> nothing;
  private final OneTimeTask<Void> program;
  private volatile CountDownLatch left = new CountDownLatch(0);

  DbSchedulerSubject(String url) throws SQLException {
    var configuration = new HikariConfig();
    configuration.setJdbcUrl(url);
    configuration.setMaximumPoolSize(THREADS);
    pool = new HikariDataSource(configuration);
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    nothing = Tasks.oneTime("nothing").execute((instance, context) -> left.countDown());
    program =
        Tasks.oneTime("program")
            .execute(
                (instance, context) -> {
                  runProgram();
                  left.countDown();
                });
  }

  private static void runProgram() {
    try {
      DefaultExecutor.builder().get().execute(new CommandLine("/bin/true"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Scheduler scheduler() {
    return Scheduler.create(pool, nothing, program)
        .threads(THREADS)
        .pollUsingLockAndFetch(4.0, 20.0)
        .pollingInterval(Duration.ofMillis(100))
        .enableImmediateExecution()
        .build();
  }

  @Override
  public Throughput run(Work work, int units) throws InterruptedException {
    var task = work == Work.NOTHING ? nothing : program;
    left = new CountDownLatch(units);
    var scheduler = scheduler();
    long start = System.nanoTime();
    scheduler.scheduleBatch(
        IntStream.range(0, units)
            .<com.github.kagkarlsson.scheduler.task.TaskInstance<?>>mapToObj(
                i -> task.instance(UUID.randomUUID().toString()))
            .toList(),
        Instant.now());
    long posted = System.nanoTime();
    scheduler.start();
    left.await();
    long end = System.nanoTime();
    scheduler.stop();
    return new Throughput(Duration.ofNanos(posted - start), Duration.ofNanos(end - posted), units);
  }

  @Override
  public List<Duration> latencies(int units) throws InterruptedException {
    var latencies = new ArrayList<Duration>();
    var scheduler = scheduler();
    scheduler.start();
    for (int i = 0; i < units; i++) {
      left = new CountDownLatch(1);
      long start = System.nanoTime();
      scheduler.schedule(nothing.instance(UUID.randomUUID().toString()), Instant.now());
      left.await();
      latencies.add(Duration.ofNanos(System.nanoTime() - start));
    }
    scheduler.stop();
    return latencies;
  }

  @Override
  public void close() {
    pool.close();
  }
}
