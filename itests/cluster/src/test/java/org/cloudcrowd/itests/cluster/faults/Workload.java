package org.cloudcrowd.itests.cluster.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.itests.cluster.Orders;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;

/**
 * A client that posts jobs through whatever happens, each under a key so that it may ask again, and
 * keeps a ledger of those that were acknowledged.
 */
final class Workload {
  private static final int MOST_OPEN = 40;
  private static final int NOT_FOUND = 404;
  private static final int LARGEST_JOB = 40;
  private static final int LONGEST_UNIT_MILLIS = 300;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Campaign campaign;
  private final int units;
  private final Random random = new Random(7);
  private final List<Accepted> accepted = new ArrayList<>();
  private final Deque<Accepted> open = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "workload");
  private volatile boolean over;
  private int turn;

  /**
   * A job that a server has acknowledged.
   *
   * @param id its id
   * @param size how many values it must return: 0, 1, 2 and so on
   */
  record Accepted(long id, int size) {}

  Workload(Campaign campaign, int units) {
    this.campaign = campaign;
    this.units = units;
  }

  Path ledger() {
    return campaign.folder().resolve("ledger");
  }

  /** The length of the ledger, which grows with each attempt that begins. */
  long ledgerBytes() throws IOException {
    return Files.exists(ledger()) ? Files.size(ledger()) : 0;
  }

  void start() {
    thread.start();
  }

  boolean isOver() {
    return over;
  }

  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  synchronized List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  private void run() {
    try {
      for (int posted = 0; posted < units; ) {
        int size = 1 + random.nextInt(LARGEST_JOB);
        post(size);
        posted += size;
        settle(MOST_OPEN);
      }
      settle(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
    }
  }

  private void post(int size) throws InterruptedException {
    var request = request(size);
    var key = UUID.randomUUID().toString();
    var job = ask(client -> client.submit(request, key));
    synchronized (this) {
      accepted.add(new Accepted(job.id(), size));
    }
    open.add(new Accepted(job.id(), size));
  }

  private JobRequest request(int size) {
    return Orders.probe(
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    Map.<String, Object>of(
                        "ledger",
                        ledger().toString(),
                        "pause",
                        random.nextInt(LONGEST_UNIT_MILLIS),
                        "value",
                        i))
            .toList());
  }

  /** Waits until no more jobs than these are open, or patience is at an end. */
  private void settle(int most) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (open.size() > most && System.nanoTime() < until) {
      var next = open.peek();
      JobView job = find(next.id());
      if (job == null || job.status().isComplete()) {
        open.remove();
      } else {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  /** The job as it is now, or null where a server says that there is none. */
  JobView find(long id) throws InterruptedException {
    return ask(
        client -> {
          try {
            return client.job(id);
          } catch (ServerProblemException e) {
            if (e.problem().status() == NOT_FOUND) {
              return null;
            }
            throw e;
          }
        });
  }

  interface Question<T> {
    T ask(CrowdClient client) throws IOException, InterruptedException;
  }

  /** Asks one server after the other until one answers. */
  <T> T ask(Question<T> question) throws InterruptedException {
    while (true) {
      try {
        return question.ask(campaign.client(turn));
      } catch (IOException e) {
        turn++;
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }
}
