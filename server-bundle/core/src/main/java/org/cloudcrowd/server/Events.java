package org.cloudcrowd.server;

import java.util.List;
import java.util.Set;
import org.cloudcrowd.protocol.server.EventKind;
import org.osgi.annotation.versioning.ProviderType;

/** Streams of the changes of the cluster, from all servers. */
@ProviderType
public interface Events {
  /** How many streams may be open at a server. */
  int MAX_STREAMS = 1000;

  /** How many events wait for a reader before its stream is ended. */
  int MAX_WAITING = 10_000;

  /**
   * Opens a stream.
   *
   * @param selection which events
   * @param lastEventId the last event of an earlier stream, of any server, after which this one
   *     continues; or null
   * @param more is called when there are events to take, on any thread; it must return at once
   * @throws TooManyStreamsException if {@link #MAX_STREAMS} are open
   */
  Stream open(Selection selection, String lastEventId, Runnable more)
      throws TooManyStreamsException;

  /**
   * What to tell.
   *
   * @param kinds events of these kinds; a reset is always sent
   * @param jobId events of this job only, or null
   */
  record Selection(Set<EventKind> kinds, Long jobId) {}

  /**
   * An event.
   *
   * @param id the id by which a later stream continues after this event, or null where that of the
   *     event before is still valid
   * @param kind its kind; null is a keep-alive
   * @param data a record of the wire, or null
   */
  record Event(String id, EventKind kind, Object data) {}

  /** The events for one reader. */
  interface Stream extends AutoCloseable {
    /** Takes the events that wait; empty where there are none. */
    List<Event> take();

    /** Whether the stream has ended, because its reader was too slow or the server stops. */
    boolean isEnded();

    @Override
    void close();
  }

  /** Too many streams are open. */
  final class TooManyStreamsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With its message. */
    public TooManyStreamsException() {
      super(MAX_STREAMS + " event streams are open at this server; close some, or ask another");
    }
  }
}
