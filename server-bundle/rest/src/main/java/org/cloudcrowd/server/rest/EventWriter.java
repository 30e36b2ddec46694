package org.cloudcrowd.server.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cloudcrowd.server.Events;
import org.cloudcrowd.server.Events.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the events of a stream as fast as its reader takes them, on whichever thread reports
 * events or that writing is possible; no thread waits.
 */
final class EventWriter implements WriteListener {
  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);

  /** A keep-alive comment, by which a closed connection is noticed. */
  private static final String SIGN_OF_LIFE = ":\n\n";

  private final ObjectMapper json;
  private AsyncContext context;
  private ServletOutputStream out;
  private Events.Stream stream;
  private boolean writable;
  private boolean flushes;
  private boolean ended;

  EventWriter(ObjectMapper json) {
    this.json = json;
  }

  /** Starts to write, once the container reports that it is possible. */
  void begin(AsyncContext context, Events.Stream stream) throws IOException {
    synchronized (this) {
      this.context = context;
      this.stream = stream;
      out = context.getResponse().getOutputStream();
    }
    out.setWriteListener(this);
  }

  /** Is called when the stream has events. */
  void wake() {
    write();
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      writable = true;
    }
    write();
  }

  private synchronized void write() {
    // Nothing may be written before the container has reported it, and after the end.
    if (!writable) {
      return;
    }
    try {
      while (out.isReady()) {
        if (flushes) {
          flushes = false;
          out.flush();
          continue;
        }
        var events = stream.take();
        if (events.isEmpty()) {
          if (stream.isEnded()) {
            end();
          }
          return;
        }
        out.write(text(events).getBytes(StandardCharsets.UTF_8));
        flushes = true;
      }
    } catch (IOException e) {
      log.debug("The reader of events is gone", e);
      end();
    }
  }

  private String text(List<Event> events) throws JsonProcessingException {
    var text = new StringBuilder();
    for (Event event : events) {
      if (event.kind() == null) {
        text.append(SIGN_OF_LIFE);
        continue;
      }
      if (event.id() != null) {
        text.append("id: ").append(event.id()).append('\n');
      }
      text.append("event: ").append(event.kind().word()).append('\n');
      text.append("data: ").append(json.writeValueAsString(event.data())).append("\n\n");
    }
    return text.toString();
  }

  private void end() {
    ended = true;
    writable = false;
    stream.close();
    context.complete();
  }

  @Override
  public synchronized void onError(Throwable fault) {
    log.debug("The reader of events is gone", fault);
    if (!ended) {
      end();
    }
  }
}
