package org.cloudcrowd.server.config;

import org.cloudcrowd.store.unit.UnitLimit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits, retries and timeout of one action, from the file {@code
 * etc/org.cloudcrowd.action-NAME.cfg}.
 */
@Component(
    service = ActionPolicy.class,
    configurationPid = "org.cloudcrowd.action",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ActionPolicy.Configuration.class, factory = true)
public final class ActionPolicy {

  /** The configuration of an action's policy. */
  @ObjectClassDefinition(
      name = "CloudCrowd action",
      description = "How the work units of an action are treated in the whole cluster.")
  public @interface Configuration {
    @AttributeDefinition(description = "The name of the action.")
    String name();

    @AttributeDefinition(
        name = "max_running",
        description =
            "How many of its work units run at once in the whole cluster; 0 is any number.",
        min = "0",
        max = "1000000")
    int max__running() default 0;

    @AttributeDefinition(
        name = "max_per_second",
        description =
            "How many of its work units begin in a second in the whole cluster; 0 is any number.",
        min = "0",
        max = "1000000")
    double max__per__second() default 0;

    @AttributeDefinition(
        name = "max_attempts",
        description =
            "How many attempts at one of its work units may fail, where the job does not say; 0 is"
                + " as many as the server is configured with.",
        min = "0",
        max = "1000")
    int max__attempts() default 0;

    @AttributeDefinition(
        name = "backoff_millis",
        description =
            "The backoff after a work unit's first failed attempt, in milliseconds, where the job"
                + " does not say; -1 is as the server is configured.",
        min = "-1",
        max = "86400000")
    long backoff__millis() default -1;

    @AttributeDefinition(
        name = "unit_timeout_seconds",
        description =
            "How long an attempt may take, in seconds, where the job does not say; 0 is as long as"
                + " it wants, -1 as the server is configured.",
        min = "-1",
        max = "31536000")
    int unit__timeout__seconds() default -1;
  }

  private static final Logger log = LoggerFactory.getLogger(ActionPolicy.class);

  private final String name;
  private final UnitLimit limit;
  private final Configuration configuration;

  @Activate
  public ActionPolicy(Configuration configuration) {
    this.configuration = configuration;
    name = configuration.name();
    if (configuration.max__running() > 0) {
      log.info("At most {} work units of {} run at once", configuration.max__running(), name);
    }
    if (configuration.max__per__second() > 0) {
      log.info(
          "At most {} work units of {} begin in a second", configuration.max__per__second(), name);
    }
    limit =
        new UnitLimit(
            configuration.max__running() == 0 ? Integer.MAX_VALUE : configuration.max__running(),
            configuration.max__per__second() == 0
                ? Double.POSITIVE_INFINITY
                : configuration.max__per__second());
  }

  /** The name of the action. */
  public String name() {
    return name;
  }

  /** The limit of its units in the cluster. */
  public UnitLimit limit() {
    return limit;
  }

  /** How many attempts at a unit may fail, or 0 to leave that to the server. */
  public int maxAttempts() {
    return configuration.max__attempts();
  }

  /** The backoff after a unit's first failed attempt in milliseconds, or less than 0. */
  public long backoffMillis() {
    return configuration.backoff__millis();
  }

  /**
   * The timeout of an attempt in seconds, 0 for none, or less than 0 to leave that to the server.
   */
  public int unitTimeoutSeconds() {
    return configuration.unit__timeout__seconds();
  }
}
