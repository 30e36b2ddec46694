package org.cloudcrowd.server.callbacks;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.cloudcrowd.outbound.AddressPolicy;
import org.cloudcrowd.outbound.OutboundHttp;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.config.ServerAddress;
import org.cloudcrowd.server.health.WorkLoop;
import org.cloudcrowd.server.health.WorkLoops;
import org.cloudcrowd.server.maintenance.FileDeletions;
import org.cloudcrowd.store.Backoff;
import org.cloudcrowd.store.CallbackQueue;
import org.cloudcrowd.store.CallbackQueue.Delivery;
import org.cloudcrowd.store.CallbackQueue.Next;
import org.cloudcrowd.store.CallbackQueue.Try;
import org.cloudcrowd.store.StoreException;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the callbacks of complete jobs, and repeats those that were not accepted.
 *
 * <p>A callback that was taken and not recorded, because this process died, is due again after its
 * term: a receiver may get a callback twice, with the same id, but never not at all.
 */
@Component(
    service = CallbackSender.class,
    immediate = true,
    configurationPid = CallbackConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CallbackConfiguration.class)
public final class CallbackSender {
  private static final Logger log = LoggerFactory.getLogger(CallbackSender.class);

  private static final int LOOK_EVERY_SECONDS = 1;
  private static final int STOP_SECONDS = 10;
  private static final int CREATED = 201;

  /** The number of deliveries at once; each has a whole job in memory. */
  private static final int AT_ONCE = 16;

  private final CallbackQueue queue;
  private final WorkStore store;
  private final Jobs jobs;
  private final FileDeletions fileDeletions;
  private final Optional<CallbackMessages> messages;
  private final Backoff backoff;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Duration term;
  private final Duration giveUpAfter;
  private final OutboundHttp http;
  private final WorkLoops loops;
  private final WorkLoop loop;
  private final AtomicInteger underWay = new AtomicInteger();
  private final ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @Activate
  public CallbackSender(
      CallbackConfiguration configuration,
      @Reference CallbackQueue queue,
      @Reference WorkStore store,
      @Reference Jobs jobs,
      @Reference FileDeletions fileDeletions,
      @Reference ServerAddress address,
      @Reference WorkLoops loops) {
    this.loops = loops;
    this.queue = queue;
    this.store = store;
    this.jobs = jobs;
    this.fileDeletions = fileDeletions;
    var timeout = Duration.ofSeconds(configuration.timeout__seconds());
    messages = messages(configuration.secret().strip());
    backoff =
        new Backoff(
            Duration.ofSeconds(configuration.backoff__seconds()),
            Duration.ofSeconds(configuration.max__backoff__seconds()));
    term = timeout.multipliedBy(2);
    giveUpAfter = Duration.ofHours(configuration.give__up__hours());
    // A redirect is not followed: the job has named another target.
    http =
        new OutboundHttp(
            new AddressPolicy(CallbackConfiguration.PID, configuration.addresses()),
            () -> address.isLoopbackAlone() ? ServerExposure.LOOPBACK : ServerExposure.THIS_MACHINE,
            new OutboundHttp.Limits(0, timeout, timeout));
    loop =
        loops.begin("Callbacks have not been looked for", Duration.ofSeconds(LOOK_EVERY_SECONDS));
    var unused = timer.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private static Optional<CallbackMessages> messages(String secret) {
    try {
      return Optional.of(
          new CallbackMessages(
              WireJson.newMapper(),
              secret.isEmpty() ? Optional.empty() : Optional.of(new Signature(secret)),
              Clock.systemUTC()));
    } catch (IllegalArgumentException e) {
      log.error(
          "The secret in {}.cfg is none: {}. Callbacks wait until that is mended",
          CallbackConfiguration.PID,
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Stops after the pass that is under way: an interrupt would break Derby's files. */
  @Deactivate
  public void stop() throws InterruptedException, IOException {
    timer.shutdown();
    senders.shutdown();
    var unused =
        timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
            && senders.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    loops.end(loop);
    http.close();
  }

  /** Looks for due callbacks now. */
  public void wake() {
    try {
      timer.execute(this::look);
    } catch (RejectedExecutionException e) {
      log.debug("Callbacks wait for the next start", e);
    }
  }

  private void look() {
    try {
      loop.run(this::deliverDue);
    } catch (RejectedExecutionException e) {
      log.debug("Callbacks wait for the next start", e);
    } catch (StoreException e) {
      log.debug("Callbacks wait for the database", e);
    } catch (RuntimeException e) {
      // The timer would not call again.
      if (messages.isPresent()) {
        log.error("Callbacks could not be looked for; this is tried again", e);
      }
    }
  }

  private void deliverDue() {
    var ready =
        messages.orElseThrow(
            () ->
                new IllegalStateException(
                    "the secret in " + CallbackConfiguration.PID + ".cfg is none"));
    int free = AT_ONCE - underWay.get();
    if (free == 0) {
      return;
    }
    for (Delivery delivery : queue.take(free, term)) {
      underWay.incrementAndGet();
      senders.execute(() -> deliver(delivery, ready));
    }
  }

  private void deliver(Delivery delivery, CallbackMessages messages) {
    try {
      var job = jobs.find(delivery.jobId(), FileLinks.CONFIGURED);
      if (job != null && job.status().isComplete()) {
        send(delivery, messages.of(delivery, job));
      }
    } catch (StoreException e) {
      log.debug("The callback of job {} waits for the database", delivery.jobId(), e);
    } catch (RuntimeException e) {
      log.error(
          "The callback of job {} could not be sent; this is tried again", delivery.jobId(), e);
      countAsTried(delivery);
    } finally {
      if (underWay.getAndDecrement() == AT_ONCE) {
        wake();
      }
    }
  }

  /**
   * Records a callback that cannot be sent as a failed try, so that it is given up some day and
   * does not stay in front of others.
   */
  private void countAsTried(Delivery delivery) {
    try {
      var tried =
          new Try(store.now(), Duration.ZERO, 0, "it could not be sent; the server's log says why");
      var unused = queue.record(delivery, tried, next(delivery, tried));
    } catch (RuntimeException e) {
      log.error("The try of the callback of job {} is not recorded", delivery.jobId(), e);
    }
  }

  private void send(Delivery delivery, CallbackMessage message) {
    var startedAt = store.now();
    long start = System.nanoTime();
    int status = 0;
    String fault = null;
    try {
      status = http.post(message.receiver().address(), message.headers(), message.body());
    } catch (IOException e) {
      fault = e.getMessage();
    }
    var tried = new Try(startedAt, Duration.ofNanos(System.nanoTime() - start), status, fault);
    if (status == CREATED && queue.cleanUp(delivery, fileDeletions.gracePeriod())) {
      log.info(
          "Job {} is deleted: {} owns its results", delivery.jobId(), message.receiver().url());
      fileDeletions.wake();
      return;
    }
    var next = next(delivery, tried);
    if (queue.record(delivery, tried, next) != null) {
      tell(delivery, message.receiver().url(), tried, next);
    }
  }

  private Next next(Delivery delivery, Try tried) {
    if (tried.status() / 100 == 2) {
      return new Next.Delivered();
    }
    var wait = backoff.after(delivery.tries() + 1, random.nextDouble());
    return tried.startedAt().plus(wait).isAfter(delivery.queuedAt().plus(giveUpAfter))
        ? new Next.GivenUp()
        : new Next.Again(wait);
  }

  /**
   * Logs the delivery, the first failure and the last; the tries between are in the job's history.
   */
  private static void tell(Delivery delivery, URI receiver, Try tried, Next next) {
    var what = tried.fault() == null ? "HTTP " + tried.status() : tried.fault();
    if (next instanceof Next.Delivered) {
      log.info("The callback of job {} is delivered", delivery.jobId());
    } else if (next instanceof Next.GivenUp) {
      log.error(
          "The callback of job {} is given up after {} tries of {}, the last of which got: {}",
          delivery.jobId(),
          delivery.tries() + 1,
          receiver,
          what);
    } else if (delivery.tries() == 0) {
      log.warn(
          "The callback of job {} is not accepted by {}: {}. It is tried again",
          delivery.jobId(),
          receiver,
          what);
    }
  }
}
