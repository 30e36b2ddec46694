package org.cloudcrowd.node.server;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cloudcrowd.protocol.node.Dispatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server for units again and again, where the server cannot send them. */
@Component(service = WorkPoll.class)
public final class WorkPoll {
  private static final Logger log = LoggerFactory.getLogger(WorkPoll.class);
  private static final long PAUSE_MILLIS = 500;

  private final ServerLink server;
  private final NodeIdentity identity;
  private final DeliveryMode deliveryMode;
  private volatile Thread thread;

  @Activate
  public WorkPoll(
      @Reference ServerLink server,
      @Reference NodeIdentity identity,
      @Reference DeliveryMode deliveryMode) {
    this.server = server;
    this.identity = identity;
    this.deliveryMode = deliveryMode;
  }

  /**
   * Begins to ask once the delivery mode is that. The taker gets the units on a thread of this
   * component.
   */
  public synchronized void start(Consumer<Dispatch> taker) {
    thread = new Thread(() -> run(taker), "work-poll");
    thread.start();
  }

  @Deactivate
  public synchronized void close() throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      thread.join();
      thread = null;
    }
  }

  private void run(Consumer<Dispatch> taker) {
    try {
      deliveryMode.awaitPull();
      while (!Thread.currentThread().isInterrupted()) {
        ask(taker);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(Consumer<Dispatch> taker) throws InterruptedException {
    try {
      var dispatch = server.poll(identity.name(), identity.incarnation());
      if (dispatch != null) {
        taker.accept(dispatch);
      }
    } catch (IOException e) {
      log.debug("No work can be asked for now: {}", e.getMessage());
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (RuntimeException e) {
      // A node that asks no more, and looks well, is worse than anything this may be.
      log.error("Work could not be asked for or taken; it is asked for again", e);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
