package org.cloudcrowd.server.events;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.cloudcrowd.protocol.server.EventKind;
import org.cloudcrowd.server.Events;
import org.cloudcrowd.server.Events.Event;

/** The events that one reader has not taken yet. */
final class EventSubscriber implements Events.Stream {
  private final Events.Selection selection;
  private final Runnable more;
  private final Consumer<EventSubscriber> onClose;
  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private boolean ended;

  EventSubscriber(Events.Selection selection, Runnable more, Consumer<EventSubscriber> onClose) {
    this.selection = selection;
    this.more = more;
    this.onClose = onClose;
  }

  boolean wants(EventKind kind) {
    return selection.kinds().contains(kind);
  }

  boolean wantsJob(long jobId) {
    return selection.jobId() == null || selection.jobId() == jobId;
  }

  /** Adds events, or ends the stream where too many wait. */
  void add(List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    synchronized (this) {
      if (ended) {
        return;
      }
      if (waiting.size() + events.size() > Events.MAX_WAITING) {
        waiting.clear();
        ended = true;
      } else {
        waiting.addAll(events);
      }
    }
    more.run();
  }

  void end() {
    synchronized (this) {
      ended = true;
    }
    more.run();
  }

  @Override
  public synchronized List<Event> take() {
    var taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  @Override
  public synchronized boolean isEnded() {
    return ended && waiting.isEmpty();
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
