package org.cloudcrowd.server.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.cloudcrowd.assets.InputSource;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.json.JavaValues;
import org.cloudcrowd.protocol.peer.PeerUrl;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.InvalidRequestException.Fault;
import org.cloudcrowd.server.assets.AssetLinks;
import org.cloudcrowd.server.config.ActionPolicies;
import org.cloudcrowd.server.config.ActionPolicy;
import org.cloudcrowd.server.config.ServerConfiguration;
import org.cloudcrowd.server.config.Texts;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.job.CallbackAddress;
import org.cloudcrowd.store.job.CallbackFormat;
import org.cloudcrowd.store.job.IdempotencyKey;
import org.cloudcrowd.store.job.JobRules;
import org.cloudcrowd.store.job.NewJob;
import org.cloudcrowd.store.unit.UnitLimit;

/** Checks requests, and makes of them the jobs to be stored. */
final class RequestCheck {
  private static final Pattern CORRELATION = Pattern.compile(JobRequest.CORRELATION_ID);
  private static final int MAX_EMAIL = 320;
  private static final int MAX_CALLBACK_URL = 2000;
  private static final int MAX_KEY = 255;
  private static final int MAX_PRIORITY = 1000;
  private static final int MAX_ATTEMPTS = 1000;
  private static final int MAX_RUNNING = 1_000_000;
  private static final double MIN_PER_SECOND = 0.001;
  private static final int DAY_SECONDS = 24 * 60 * 60;
  private static final int YEAR_SECONDS = 365 * DAY_SECONDS;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final Map<String, CallbackFormat> CALLBACK_FORMATS =
      Map.of("form", CallbackFormat.FORM, "json", CallbackFormat.JSON);
  private static final Set<String> CALLBACK_SCHEMES = Set.of("http", "https");

  private final ServerConfiguration configuration;
  private final ActionPolicies actions;
  private final ActionCatalog catalog;
  private final ObjectMapper json;
  private final AssetLinks links;
  private final OptionsCheck options;
  private final PrerequisitesCheck prerequisites;

  RequestCheck(
      ServerConfiguration configuration,
      ActionPolicies actions,
      ActionCatalog catalog,
      WorkQueries queries,
      AssetLinks links,
      ObjectMapper json) {
    this.configuration = configuration;
    this.actions = actions;
    this.catalog = catalog;
    this.links = links;
    this.json = json;
    this.options = new OptionsCheck(json);
    this.prerequisites = new PrerequisitesCheck(queries);
  }

  /**
   * What is stored of a request.
   *
   * @param unknown is told of options that the action's schema does not know; null where these are
   *     faults
   */
  NewJob check(JobRequest request, String idempotencyKey, Consumer<Fault> unknown)
      throws InvalidRequestException {
    checkInputs(request);
    checkTexts(request);
    var rules = rules(request);
    var key = key(request, idempotencyKey);
    var choice =
        ActionChoice.of(
            catalog, request.action(), request.version(), acceptsUnknown(unknown != null));
    var awaited = prerequisites.check(request);
    var action = choice.action();
    options.check(action, request.options(), unknown);
    return new NewJob(
        action.name(),
        choice.range(),
        action.splits(),
        action.merges(),
        request.inputs() == null
            ? List.of()
            : request.inputs().stream().map(links::takeBack).map(JsonNode::toString).toList(),
        request.options() == null ? "{}" : request.options().toString(),
        request.email(),
        callback(request),
        choice.isAwaited() ? awaited.andAction() : awaited,
        Labels.check(request.labels()),
        correlation(request.correlationId()),
        rules,
        key);
  }

  private boolean acceptsUnknown(boolean isForm) {
    return switch (configuration.accept__unknown__actions()) {
      case "all" -> true;
      case "forms" -> isForm;
      default -> false;
    };
  }

  private static String correlation(String id) throws InvalidRequestException {
    if (id == null) {
      return UUID.randomUUID().toString();
    }
    if (!CORRELATION.matcher(id).matches()) {
      throw new InvalidRequestException(
          "/correlation_id",
          "correlation_id has 1 to 100 letters, digits and characters of . _ : / + = -");
    }
    return id;
  }

  private void checkInputs(JobRequest request) throws InvalidRequestException {
    var inputs = request.inputs();
    if (inputs == null && request.after() != null) {
      return;
    }
    if (inputs == null) {
      throw new InvalidRequestException("/inputs", "inputs must be a list of inputs");
    }
    if (inputs.isEmpty()) {
      throw new InvalidRequestException(
          "/inputs", "inputs is empty: a job needs at least one input");
    }
    if (inputs.size() > configuration.max__inputs()) {
      throw new InvalidRequestException(
          "/inputs",
          "a job may have "
              + configuration.max__inputs()
              + " inputs, and this one has "
              + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) instanceof ObjectNode) {
        checkSource(inputs.get(i), "/inputs/" + i);
      }
    }
  }

  private void checkSource(JsonNode input, String pointer) throws InvalidRequestException {
    try {
      var unused = InputSource.of(JavaValues.of(input));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(pointer + "/sha256", e.getMessage());
    }
  }

  private static void checkTexts(JobRequest request) throws InvalidRequestException {
    if (request.email() != null && request.email().length() > MAX_EMAIL) {
      throw new InvalidRequestException(
          "/email", "email may have " + MAX_EMAIL + " characters at most");
    }
    Texts.check("/email", request.email(), MAX_EMAIL);
    Texts.check("/callback_url", request.callbackUrl(), MAX_CALLBACK_URL);
  }

  private static CallbackAddress callback(JobRequest request) throws InvalidRequestException {
    var callback = request.callbackUrl();
    if (callback != null && (callback.length() > MAX_CALLBACK_URL || !isHttpUrl(callback))) {
      throw new InvalidRequestException(
          "/callback_url",
          "callback_url must be an http or https URL of at most "
              + MAX_CALLBACK_URL
              + " characters");
    }
    var name = request.callbackFormat();
    if (name != null && !CALLBACK_FORMATS.containsKey(name)) {
      throw new InvalidRequestException(
          "/callback_format", "callback_format must be 'form' or 'json'");
    }
    if (name != null && callback == null) {
      throw new InvalidRequestException(
          "/callback_format", "callback_format says how, and callback_url is missing");
    }
    return callback == null
        ? null
        : new CallbackAddress(
            callback, name == null ? CallbackFormat.FORM : CALLBACK_FORMATS.get(name));
  }

  private static boolean isHttpUrl(String text) {
    try {
      var url = new URI(text);
      return PeerUrl.host(url) != null && CALLBACK_SCHEMES.contains(url.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private JobRules rules(JobRequest request) throws InvalidRequestException {
    int priority = request.priority() == null ? 0 : request.priority();
    within("/priority", priority, -MAX_PRIORITY, MAX_PRIORITY);
    int attempts = request.maxAttempts() == null ? usualAttempts(request) : request.maxAttempts();
    within("/max_attempts", attempts, 1, MAX_ATTEMPTS);
    var backoff =
        request.backoff() == null
            ? usualBackoff(request)
            : seconds("/backoff", request.backoff(), 0, DAY_SECONDS);
    var timeout =
        request.timeout() == null
            ? usualTimeout(request)
            : seconds("/timeout", request.timeout(), 1 / MILLIS_PER_SECOND, YEAR_SECONDS);
    return new JobRules(
        priority,
        attempts,
        backoff,
        Duration.ofSeconds(configuration.max__backoff__seconds()),
        timeout.isZero() ? null : timeout,
        limit(request));
  }

  private static UnitLimit limit(JobRequest request) throws InvalidRequestException {
    if (request.maxRunning() != null) {
      within("/max_running", request.maxRunning(), 1, MAX_RUNNING);
    }
    if (request.maxPerSecond() != null) {
      within("/max_per_second", request.maxPerSecond(), MIN_PER_SECOND, MAX_RUNNING);
    }
    return new UnitLimit(
        request.maxRunning() == null ? UnitLimit.NONE.maxRunning() : request.maxRunning(),
        request.maxPerSecond() == null ? UnitLimit.NONE.maxPerSecond() : request.maxPerSecond());
  }

  private int usualAttempts(JobRequest request) {
    return actions
        .find(request.action())
        .map(ActionPolicy::maxAttempts)
        .filter(attempts -> attempts > 0)
        .orElse(configuration.max__attempts());
  }

  private Duration usualBackoff(JobRequest request) {
    return Duration.ofMillis(
        actions
            .find(request.action())
            .map(ActionPolicy::backoffMillis)
            .filter(backoff -> backoff >= 0)
            .orElse(configuration.backoff__millis()));
  }

  private Duration usualTimeout(JobRequest request) {
    return Duration.ofSeconds(
        actions
            .find(request.action())
            .map(ActionPolicy::unitTimeoutSeconds)
            .filter(seconds -> seconds >= 0)
            .orElse(configuration.unit__timeout__seconds()));
  }

  private static Duration seconds(String field, double seconds, double min, double max)
      throws InvalidRequestException {
    within(field, seconds, min, max);
    return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
  }

  private static void within(String field, double value, double min, double max)
      throws InvalidRequestException {
    if (!(value >= min && value <= max)) {
      throw new InvalidRequestException(
          field, field.substring(1) + " must be from " + shown(min) + " to " + shown(max));
    }
  }

  private static String shown(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private IdempotencyKey key(JobRequest request, String text) throws InvalidRequestException {
    if (text == null) {
      return null;
    }
    if (text.isBlank() || text.length() > MAX_KEY) {
      throw new InvalidRequestException(
          "Idempotency-Key", "the key must have 1 to " + MAX_KEY + " characters");
    }
    Texts.check("Idempotency-Key", text, MAX_KEY);
    return new IdempotencyKey(text, digest(request));
  }

  private String digest(JobRequest request) {
    // A repeated request may have another correlation id.
    var same = request.copy().correlationId(null).build();
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(json.writeValueAsBytes(same)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
