package org.cloudcrowd.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.cloudcrowd.protocol.json.WireJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * One JSON object a line, to and from the node.
 *
 * <p>It owns the process's own standard streams; what code prints to {@link System#out} is sent to
 * standard error by whoever started this process, so that it cannot break into the protocol.
 */
@Component(service = NodeChannel.class)
public final class NodeChannel {
  private static final byte[] END_OF_LINE = {'\n'};

  private final ObjectMapper json = WireJson.newMapper();
  private final BufferedReader in;
  private final OutputStream out;

  /** Speaks on the process's standard streams. */
  @Activate
  public NodeChannel() {
    this(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  NodeChannel(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
  }

  /**
   * Waits for the next message.
   *
   * @return the message, or null once the node has closed the stream or is gone
   */
  <T> T read(Class<T> type) throws IOException {
    var line = in.readLine();
    return line == null ? null : json.readValue(line, type);
  }

  /** Sends a message whole. */
  void write(Object message) throws IOException {
    var bytes = bytes(message);
    synchronized (out) {
      out.write(bytes);
      out.write(END_OF_LINE);
      out.flush();
    }
  }

  private byte[] bytes(Object message) throws JsonProcessingException {
    return json.writeValueAsBytes(message);
  }
}
