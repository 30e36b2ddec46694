package org.cloudcrowd.server.transports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.DispatchReply;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.server.nodes.LiveNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts units to nodes. */
@Component(service = HttpPush.class)
public final class HttpPush implements NodeTransport {
  private static final Logger log = LoggerFactory.getLogger(HttpPush.class);
  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int OVERLOADED = 503;

  private final NodeHttp http;
  private final ObjectMapper json = WireJson.newMapper();

  @Activate
  public HttpPush(@Reference NodeHttp http) {
    this.http = http;
  }

  @Override
  public boolean isOpen(LiveNode node) {
    return true;
  }

  @Override
  public String token(String random) {
    return random;
  }

  @Override
  public CompletableFuture<DispatchReply> send(LiveNode node, Dispatch dispatch) {
    return http.post(node.name(), "/work", JSON, () -> bytes(dispatch))
        .thenApply(response -> reply(response, dispatch));
  }

  @Override
  public CompletableFuture<DispatchReply> requestHeartbeat(LiveNode node) {
    return send(node, Dispatch.HEARTBEAT_REQUEST);
  }

  @Override
  public CompletableFuture<Trial.Outcome> tryOut(LiveNode node, Trial trial) {
    return http.post(node.name(), "/trial", JSON, () -> bytes(trial)).thenApply(this::outcome);
  }

  private Trial.Outcome outcome(HttpResponse<byte[]> response) {
    try {
      if (response.statusCode() != OK) {
        throw new IOException(response.uri() + " answered HTTP " + response.statusCode());
      }
      return json.readValue(response.body(), Trial.Outcome.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DispatchReply reply(HttpResponse<byte[]> response, Dispatch dispatch) {
    try {
      // With any other status it has not taken the units.
      if (response.statusCode() != OK) {
        if (response.statusCode() != OVERLOADED) {
          log.warn("{} answered a dispatch with HTTP {}", response.uri(), response.statusCode());
        }
        return new DispatchReply(List.of(), dispatch.unitIds());
      }
      return json.readValue(response.body(), DispatchReply.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes(Object message) {
    try {
      return json.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
