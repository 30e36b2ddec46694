package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.cloudcrowd.protocol.server.EventKind;

/** Reads server-sent events line by line, as the HTML standard has them. For one thread. */
final class EventReader {
  private final ObjectMapper json;
  private final Iterator<String> lines;
  private String id;

  EventReader(Stream<String> lines, ObjectMapper json) {
    this.lines = lines.iterator();
    this.json = json;
  }

  /**
   * Reads the next event; a keep-alive has no kind.
   *
   * @return null where the stream has ended
   */
  ClusterEvent next() throws IOException {
    EventKind kind = null;
    var data = new StringBuilder();
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.isEmpty()) {
        return new ClusterEvent(
            id, kind, data.length() == 0 ? null : json.readTree(data.toString()));
      }
      var value = line.substring(line.indexOf(':') + 1).stripLeading();
      if (line.startsWith("id:")) {
        id = value;
      } else if (line.startsWith("event:")) {
        kind = EventKind.of(value).orElse(null);
      } else if (line.startsWith("data:")) {
        data.append(value);
      }
    }
    return null;
  }
}
