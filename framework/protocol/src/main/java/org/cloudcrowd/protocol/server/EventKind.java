package org.cloudcrowd.protocol.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an event of {@code GET /events} tells; its name there is the lower-case name. */
public enum EventKind {
  /** A job has come or changed: a {@link JobView} without outputs and failures. */
  JOB,
  /** A job was deleted: a {@link GoneEvent}. */
  JOB_GONE,
  /** Units of a job have changed: a {@link UnitsEvent}. */
  UNITS,
  /** A node has come or changed: a {@link NodeView}. A stream begins with one for each node. */
  NODE,
  /** A node has left or fallen silent: a {@link GoneEvent}. */
  NODE_GONE,
  /**
   * How the cluster is, every few seconds: a {@link HistoryView.Sample}. Told to who asks for it.
   */
  SAMPLE,
  /** Events may be missing before this one: what is shown is to be read anew. */
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
