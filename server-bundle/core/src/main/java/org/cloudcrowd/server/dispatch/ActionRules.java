package org.cloudcrowd.server.dispatch;

import org.cloudcrowd.store.ActionLimit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator says of one action; a file {@code etc/org.cloudcrowd.action-NAME.cfg}. */
@Component(
    service = ActionRules.class,
    configurationPid = "org.cloudcrowd.action",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ActionRules.Configuration.class, factory = true)
public final class ActionRules {

  /** The limits of an action. */
  @ObjectClassDefinition(
      name = "CloudCrowd action",
      description = "How much of an action may run in the whole cluster.")
  public @interface Configuration {
    /** The key {@code name}. */
    @AttributeDefinition(description = "The name of the action.")
    String name();

    /** The key {@code max_running}. */
    @AttributeDefinition(
        name = "max_running",
        description =
            "How many of its work units run at once in the whole cluster; 0 is any number.",
        min = "0",
        max = "1000000")
    int max__running() default 0;

    /** The key {@code max_per_second}. */
    @AttributeDefinition(
        name = "max_per_second",
        description =
            "How many of its work units begin in a second in the whole cluster; 0 is any number.",
        min = "0",
        max = "1000000")
    double max__per__second() default 0;
  }

  private static final Logger log = LoggerFactory.getLogger(ActionRules.class);

  private final String name;
  private final ActionLimit limit;

  /** Takes a configuration. */
  @Activate
  public ActionRules(Configuration configuration) {
    name = configuration.name();
    if (configuration.max__running() > 0) {
      log.info("At most {} work units of {} run at once", configuration.max__running(), name);
    }
    if (configuration.max__per__second() > 0) {
      log.info(
          "At most {} work units of {} begin in a second", configuration.max__per__second(), name);
    }
    limit =
        new ActionLimit(
            configuration.max__running() == 0 ? Integer.MAX_VALUE : configuration.max__running(),
            configuration.max__per__second() == 0
                ? Double.POSITIVE_INFINITY
                : configuration.max__per__second());
  }

  /** The action it is for. */
  String name() {
    return name;
  }

  /** How much of it may run. */
  ActionLimit limit() {
    return limit;
  }
}
