package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** A stream of events of a server. For one thread; another may close it. */
public final class EventStream implements AutoCloseable {
  private final Stream<String> lines;
  private final EventReader reader;

  EventStream(Stream<String> lines, ObjectMapper json) {
    this.lines = lines;
    this.reader = new EventReader(lines, json);
  }

  /**
   * Waits for the next event; there is at least a keep-alive every 15 s.
   *
   * @return the event, or null where the server has ended the stream
   * @throws IOException if the connection is lost
   */
  public ClusterEvent next() throws IOException {
    try {
      return reader.next();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
