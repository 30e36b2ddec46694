package org.cloudcrowd.server;

import java.util.List;
import java.util.Set;
import org.cloudcrowd.protocol.server.EventKind;
import org.osgi.annotation.versioning.ProviderType;

/** Tells what changes in the cluster, whichever server it happens at. */
@ProviderType
public interface Events {
  /** How many streams may be open at a server. */
  int MAX_STREAMS = 1000;

  /** How many events wait for a reader before its stream is ended. */
  int MAX_WAITING = 10_000;

  /**
   * Opens a stream.
   *
   * @param selection what to tell
   * @param lastEventId the last event of another stream, at whichever server, that this one is to
   *     go on after; or null
   * @param more called when there is something to take, on any thread; it must return at once
   * @throws TooManyStreamsException if {@link #MAX_STREAMS} are open
   */
  Stream open(Selection selection, String lastEventId, Runnable more)
      throws TooManyStreamsException;

  /**
   * What to tell.
   *
   * @param kinds events of these kinds; a reset is always told
   * @param jobId of this job alone, or null
   */
  record Selection(Set<EventKind> kinds, Long jobId) {}

  /**
   * An event.
   *
   * @param id to go on after, or null where that of the event before still holds
   * @param kind what it tells; null is a sign of life alone
   * @param data a record of the wire, or null
   */
  record Event(String id, EventKind kind, Object data) {}

  /** The events for one reader. */
  interface Stream extends AutoCloseable {
    /** What there is, and takes it; empty where there is nothing now. */
    List<Event> take();

    /** Whether the stream has ended, because its reader was too slow or the server stops. */
    boolean isEnded();

    @Override
    void close();
  }

  /** There are too many readers. */
  final class TooManyStreamsException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With its message. */
    public TooManyStreamsException() {
      super(MAX_STREAMS + " event streams are open at this server; close some, or ask another");
    }
  }
}
