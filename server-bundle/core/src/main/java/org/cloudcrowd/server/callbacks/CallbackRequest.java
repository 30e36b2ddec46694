package org.cloudcrowd.server.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.cloudcrowd.protocol.server.JobView;
import org.cloudcrowd.store.CallbackFormat;
import org.cloudcrowd.store.CallbackQueue.Delivery;

/** Spells what a receiver is told. */
final class CallbackRequest {
  private final ObjectMapper json;
  private final Optional<Signature> signature;
  private final Duration timeout;
  private final Clock clock;

  CallbackRequest(ObjectMapper json, Optional<Signature> signature, Duration timeout, Clock clock) {
    this.json = json;
    this.signature = signature;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** The id of a message, the same however often it is tried. */
  static String id(long jobId, int message) {
    return "job-" + jobId + "-" + message;
  }

  HttpRequest of(Delivery delivery, JobView job) {
    var receiver = Receiver.of(delivery.address().url());
    boolean isForm = delivery.address().format() == CallbackFormat.FORM;
    var text = json(job);
    var body =
        (isForm ? "job=" + URLEncoder.encode(text, StandardCharsets.UTF_8) : text)
            .getBytes(StandardCharsets.UTF_8);
    var id = id(delivery.jobId(), delivery.message());
    var now = clock.instant();
    var request =
        HttpRequest.newBuilder(receiver.url())
            .timeout(timeout)
            .header(
                "Content-Type", isForm ? "application/x-www-form-urlencoded" : "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .POST(BodyPublishers.ofByteArray(body));
    signature.ifPresent(by -> request.header("webhook-signature", by.of(id, now, body)));
    receiver.authorization().ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  private String json(JobView job) {
    try {
      return json.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
