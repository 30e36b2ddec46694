package org.cloudcrowd.server.callbacks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.store.CallbackQueue.Delivery;
import org.cloudcrowd.store.job.CallbackFormat;

/** Makes the requests that deliver callbacks. */
final class CallbackMessages {
  private final ObjectMapper json;
  private final Optional<Signature> signature;
  private final Clock clock;

  CallbackMessages(ObjectMapper json, Optional<Signature> signature, Clock clock) {
    this.json = json;
    this.signature = signature;
    this.clock = clock;
  }

  CallbackMessage of(Delivery delivery, JobView job) {
    boolean isForm = delivery.address().format() == CallbackFormat.FORM;
    // Of a job that is complete nothing remains.
    var text = json(isForm ? job.forRuby(0) : job);
    var body = isForm ? "job=" + URLEncoder.encode(text, StandardCharsets.UTF_8) : text;
    var id = CallbackMessage.id(delivery.jobId(), delivery.message());
    var now = clock.instant();
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", isForm ? "application/x-www-form-urlencoded" : "application/json");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    signature.ifPresent(by -> headers.put("webhook-signature", by.of(id, now, body)));
    return new CallbackMessage(Receiver.of(delivery.address().url()), headers, body);
  }

  private String json(JobView job) {
    try {
      return json.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
