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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.commons.io.output.CountingOutputStream;
import org.cloudcrowd.protocol.json.WireJson;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Sends and receives messages of the node, one JSON object a line.
 *
 * <p>A thread of its own reads messages, so that the end of the node is noticed at any time, even
 * during a unit: the process then ends, with every process that it started.
 *
 * <p>It owns the standard streams of the process; {@link System#out} is redirected to standard
 * error, so that printed text does not enter the protocol.
 */
@Component(service = NodeChannel.class)
public final class NodeChannel {
  private static final byte[] END_OF_LINE = {'\n'};

  private final ObjectMapper json = WireJson.newMapper();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BufferedReader in;
  private final OutputStream out;
  private final Runnable end;

  @Activate
  public NodeChannel() {
    this(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        NodeChannel::endProcess);
  }

  NodeChannel(InputStream in, OutputStream out, Runnable end) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.out = out;
    this.end = end;
    var reader = new Thread(this::readLines, "node");
    reader.setDaemon(true);
    reader.start();
  }

  private void readLines() {
    try {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      System.err.println("The node cannot be heard: " + e.getMessage());
    } finally {
      end.run();
    }
  }

  /** Not {@link System#exit}: a shutdown hook of an action could block it. */
  static void endProcess() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(0);
  }

  /** Waits for the next message. */
  <T> T read(Class<T> type) throws IOException, InterruptedException {
    return json.readValue(lines.take(), type);
  }

  /** Sends a message. */
  void write(Object message) throws IOException {
    var bytes = bytes(message);
    synchronized (out) {
      out.write(bytes);
      out.write(END_OF_LINE);
      out.flush();
    }
  }

  /** How many bytes a value takes in a message. */
  long sizeOf(Object value) throws IOException {
    var counted = new CountingOutputStream(OutputStream.nullOutputStream());
    json.writeValue(counted, value);
    return counted.getByteCount();
  }

  private byte[] bytes(Object message) throws JsonProcessingException {
    return json.writeValueAsBytes(message);
  }
}
