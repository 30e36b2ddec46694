package org.cloudcrowd.protocol.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * The submission of a job.
 *
 * @param action the name of the action that does the work
 * @param version which versions of the action may do it, an OSGi version range; null is any, and a
 *     node takes the highest that it has
 * @param inputs one work unit is made of each; at least one. Null is the outputs of the jobs that
 *     it comes {@code after}
 * @param options the options of the action, or null for none
 * @param callbackUrl where a callback is sent when the job is complete, or null for none
 * @param callbackFormat how: {@code form} or {@code json}; null is {@code form}
 * @param email kept with the job and shown with it, or null
 * @param priority the smaller, the earlier, from -1000 to 1000; null is 0
 * @param maxAttempts how many attempts of a work unit may fail before it is failed; null is as the
 *     server is configured
 * @param backoff the backoff after a unit's first failed attempt, in seconds, which doubles with
 *     each; null is as the server is configured
 * @param timeout how long an attempt may take, in seconds; null is as the server is configured
 * @param maxRunning how many of its work units run at once, at least 1; null is any number
 * @param maxPerSecond how many of its work units begin in a second; null is any number
 * @param notBefore the time before which it does not begin, as ISO 8601 has it; null is at once
 * @param after the jobs that must have succeeded before it begins, at most {@value #MAX_AFTER};
 *     null is none
 * @param labels names and values to find it by, at most {@value #MAX_LABELS}; null is none
 * @param correlationId by what its client finds it in the logs of servers, nodes and workers; null
 *     is what the server makes up
 */
public record JobRequest(
    String action,
    String version,
    List<JsonNode> inputs,
    ObjectNode options,
    String callbackUrl,
    String callbackFormat,
    String email,
    Integer priority,
    Integer maxAttempts,
    Double backoff,
    Double timeout,
    Integer maxRunning,
    Double maxPerSecond,
    String notBefore,
    List<Long> after,
    Map<String, String> labels,
    String correlationId) {
  /** How many jobs a job may wait for. */
  public static final int MAX_AFTER = 100;

  /** What a correlation id may be, as a regular expression: it stands in logs as it is. */
  public static final String CORRELATION_ID = "[A-Za-z0-9._:/+=-]{1,100}";

  /** The label that a job of a schedule gets from it, beside those of its own. */
  public static final String SCHEDULE_LABEL = "schedule";

  /** How many labels a job may have. */
  public static final int MAX_LABELS = 20;

  /** A job with the defaults for everything else. */
  public static JobRequest of(String action, List<JsonNode> inputs, ObjectNode options) {
    return builder(action, inputs).options(options).build();
  }

  /** Begins to build a job. */
  public static Builder builder(String action, List<JsonNode> inputs) {
    return new Builder(action, inputs);
  }

  /** Begins to build a job like this one. */
  public Builder copy() {
    return builder(action, inputs)
        .version(version)
        .options(options)
        .callback(callbackUrl, callbackFormat)
        .email(email)
        .priority(priority)
        .maxAttempts(maxAttempts)
        .backoff(backoff)
        .timeout(timeout)
        .maxRunning(maxRunning)
        .maxPerSecond(maxPerSecond)
        .notBefore(notBefore)
        .after(after)
        .labels(labels)
        .correlationId(correlationId);
  }

  /** Builds a job; what is not set is null. For one thread. */
  public static final class Builder {
    private final String action;
    private final List<JsonNode> inputs;
    private String version;
    private ObjectNode options;
    private String callbackUrl;
    private String callbackFormat;
    private String email;
    private Integer priority;
    private Integer maxAttempts;
    private Double backoff;
    private Double timeout;
    private Integer maxRunning;
    private Double maxPerSecond;
    private String notBefore;
    private List<Long> after;
    private Map<String, String> labels;
    private String correlationId;

    private Builder(String action, List<JsonNode> inputs) {
      this.action = action;
      this.inputs = inputs;
    }

    /** Which versions of the action may do it. */
    public Builder version(String range) {
      version = range;
      return this;
    }

    /** The options of the action. */
    public Builder options(ObjectNode all) {
      options = all;
      return this;
    }

    /** Where a callback is sent when it is complete, and in which format. */
    public Builder callback(String url, String format) {
      callbackUrl = url;
      callbackFormat = format;
      return this;
    }

    /** The address that is stored with it. */
    public Builder email(String address) {
      email = address;
      return this;
    }

    /** Its priority: smaller first. */
    public Builder priority(Integer number) {
      priority = number;
      return this;
    }

    /** How many attempts of a work unit may fail. */
    public Builder maxAttempts(Integer number) {
      maxAttempts = number;
      return this;
    }

    /** The backoff after a first failed attempt, in seconds. */
    public Builder backoff(Double seconds) {
      backoff = seconds;
      return this;
    }

    /** How long an attempt may take, in seconds. */
    public Builder timeout(Double seconds) {
      timeout = seconds;
      return this;
    }

    /** How many of its work units run at once. */
    public Builder maxRunning(Integer number) {
      maxRunning = number;
      return this;
    }

    /** How many of its work units begin in a second. */
    public Builder maxPerSecond(Double number) {
      maxPerSecond = number;
      return this;
    }

    /** The time before which it does not begin, as ISO 8601 has it. */
    public Builder notBefore(String time) {
      notBefore = time;
      return this;
    }

    /** The jobs that must have succeeded before it begins. */
    public Builder after(List<Long> jobs) {
      after = jobs;
      return this;
    }

    /** Labels to find it by. */
    public Builder labels(Map<String, String> all) {
      labels = all;
      return this;
    }

    /** The id by which it is found in logs. */
    public Builder correlationId(String id) {
      correlationId = id;
      return this;
    }

    /** The job. */
    public JobRequest build() {
      return new JobRequest(
          action,
          version,
          inputs,
          options,
          callbackUrl,
          callbackFormat,
          email,
          priority,
          maxAttempts,
          backoff,
          timeout,
          maxRunning,
          maxPerSecond,
          notBefore,
          after,
          labels,
          correlationId);
    }
  }
}
