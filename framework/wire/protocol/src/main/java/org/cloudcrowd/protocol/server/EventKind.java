package org.cloudcrowd.protocol.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.UnitsEvent;

/** The kinds of the events of {@code GET /events}; in the stream their names are lower-case. */
public enum EventKind {
  /** A job was submitted or has changed: a {@link JobView} without outputs and failures. */
  JOB,
  /** A job was deleted: a {@link GoneEvent}. */
  JOB_GONE,
  /** Units of a job have changed: a {@link UnitsEvent}. */
  UNITS,
  /** A node has joined or changed: a {@link NodeView}. A stream begins with one for each node. */
  NODE,
  /** A node has left, or sends no heartbeats: a {@link GoneEvent}. */
  NODE_GONE,
  /**
   * A sample of the cluster, every few seconds: a {@link HistoryView.Sample}. Sent on request only.
   */
  SAMPLE,
  /** Events may be missing before this one: read again what is shown. */
  RESET;

  /** Its name in a stream. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a name. */
  public static Optional<EventKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
