package org.cloudcrowd.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.protocol.server.Problem;

/**
 * Sends requests to a server, with the login where there is one, and reads answers and problems.
 */
final class ServerConnection {
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ObjectMapper json = WireJson.newMapper();
  private final URI server;
  private final String authorization;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /**
   * Connects to the server at a base URL, with or without a slash at its end.
   *
   * @param url may have a login and password
   */
  ServerConnection(URI url) {
    var raw = url.getRawAuthority() == null ? "" : url.getRawAuthority();
    int at = raw.lastIndexOf('@');
    var userInfo =
        at < 0 ? null : URI.create("http://" + raw.substring(0, at) + "@h/").getUserInfo();
    authorization =
        userInfo == null
            ? null
            : "Basic "
                + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    var text = url.toString();
    if (userInfo != null) {
      text = text.replace(raw.substring(0, at + 1), "");
    }
    server = URI.create(text.endsWith("/") ? text : text + "/");
  }

  /** The server's base URL, without a login. */
  URI url() {
    return server;
  }

  HttpRequest.Builder get(String path) throws IOException {
    var request =
        HttpRequest.newBuilder(PeerUrl.connectable(server.resolve(path)))
            .timeout(TIMEOUT)
            .header("Accept", "application/json, " + Problem.MEDIA_TYPE)
            .header("Content-Type", "application/json");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request;
  }

  HttpRequest.Builder post(String path) throws IOException {
    return get(path).POST(BodyPublishers.noBody());
  }

  HttpRequest.Builder post(String path, Object body) throws IOException {
    return get(path).POST(json(body));
  }

  HttpRequest.Builder put(String path, Object body) throws IOException {
    return get(path).PUT(json(body));
  }

  HttpRequest.Builder delete(String path) throws IOException {
    return get(path).DELETE();
  }

  private BodyPublisher json(Object body) throws IOException {
    return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
  }

  /** Sends a request, and reads the answer as a value. */
  <T> T send(HttpRequest.Builder request, Class<T> type) throws IOException, InterruptedException {
    var body = bytes(request);
    try {
      return json.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          server
              + " answered what cannot be read: "
              + JsonFaults.sentence(e)
              + "; is it a CloudCrowd server?",
          e);
    }
  }

  /** Sends a request, and returns the body of the answer. */
  byte[] bytes(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = answer(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw problem(response, response.body());
  }

  /** Sends a request, and returns the lines of the answer as they come. */
  Stream<String> lines(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = answer(request, BodyHandlers.ofLines());
    if (response.statusCode() == HttpURLConnection.HTTP_OK) {
      return response.body();
    }
    try (var lines = response.body()) {
      throw problem(
          response, lines.collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
    }
  }

  private <T> HttpResponse<T> answer(HttpRequest.Builder request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return http.send(request.build(), handler);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new IOException("no server answers at " + server, e);
    } catch (HttpTimeoutException e) {
      throw new IOException(server + " has not answered within " + TIMEOUT.toSeconds() + " s", e);
    } catch (SSLException e) {
      throw new IOException("no secure connection to " + server + ": " + e.getMessage(), e);
    } catch (IOException e) {
      // The JDK's message is about its parser, or empty.
      throw new IOException("the connection to " + server + " broke before it had answered", e);
    }
  }

  private IOException problem(HttpResponse<?> response, byte[] body) {
    var type = response.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith(Problem.MEDIA_TYPE)) {
      try {
        return new ServerProblemException(json.readValue(body, Problem.class));
      } catch (IOException e) {
        // A body that is declared a problem and is none is not from this API.
      }
    }
    return new IOException(
        server + " answered with HTTP " + response.statusCode() + "; is it a CloudCrowd server?");
  }
}
