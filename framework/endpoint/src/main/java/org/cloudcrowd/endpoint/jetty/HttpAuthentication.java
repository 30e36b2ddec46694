package org.cloudcrowd.endpoint.jetty;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.cloudcrowd.endpoint.Credentials;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows the one login of the cluster: HTTP Basic (RFC 7617), in UTF-8. */
@Component(
    service = {Credentials.class, HttpAuthentication.class},
    configurationPid = "org.cloudcrowd.authentication",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpAuthentication.Settings.class)
public final class HttpAuthentication implements Credentials {
  /** What the header of an answer names that asks for the login. */
  static final String CHALLENGE = "Basic realm=\"CloudCrowd\"";

  private static final Logger log = LoggerFactory.getLogger(HttpAuthentication.class);

  /** Whom servers and nodes answer. */
  @ObjectClassDefinition(
      name = "CloudCrowd authentication",
      description = "Whom servers and nodes answer.")
  public @interface Settings {
    /** The key {@code http_authentication}. */
    @AttributeDefinition(
        name = "http_authentication",
        description =
            "Whether servers and nodes answer only those who send the login below by HTTP Basic,"
                + " and send it to each other. /heartbeat answers everybody.")
    boolean http__authentication() default false;

    /** The key {@code login}. */
    @AttributeDefinition(description = "The name of the login, without a colon.", required = false)
    String login() default "";

    /** The key {@code password}. */
    @AttributeDefinition(
        description = "The password; better a variable than the word itself.",
        type = AttributeType.PASSWORD,
        required = false)
    String password() default "";
  }

  private final BundleContext context;
  private volatile Settings settings;
  private ServiceRegistration<Condition> fault;

  /** Asks for the configured login. */
  @Activate
  public HttpAuthentication(Settings settings, BundleContext context) {
    this.context = context;
    change(settings);
  }

  /** Asks for another. */
  @Modified
  synchronized void change(Settings changed) {
    settings = changed;
    end();
    if (changed.http__authentication() && !isComplete(changed)) {
      var message =
          "http_authentication needs a login without a colon, and a password; set both in"
              + " etc/org.cloudcrowd.authentication.cfg. Until then nobody is answered";
      log.error("{}", message);
      fault =
          context.registerService(
              Condition.class,
              Condition.INSTANCE,
              FrameworkUtil.asDictionary(
                  Map.of(Condition.CONDITION_ID, "org.cloudcrowd.fault", "message", message)));
    }
  }

  private static boolean isComplete(Settings settings) {
    return !settings.login().isEmpty()
        && settings.login().indexOf(':') < 0
        && !settings.password().isEmpty();
  }

  /** Is forgotten. */
  @Deactivate
  synchronized void end() {
    if (fault != null) {
      fault.unregister();
      fault = null;
    }
  }

  /**
   * Whether a request is answered.
   *
   * @param authorization its header of this name, or null
   */
  boolean allows(String authorization) {
    var now = settings;
    if (!now.http__authentication()) {
      return true;
    }
    // isEqual takes as long for each guess of the same length, whatever is right of it.
    return isComplete(now)
        && authorization != null
        && MessageDigest.isEqual(bytes(header(now)), bytes(authorization));
  }

  @Override
  public void addTo(HttpRequest.Builder request) {
    var now = settings;
    if (now.http__authentication()) {
      request.setHeader("Authorization", header(now));
    }
  }

  private static String header(Settings settings) {
    return "Basic "
        + Base64.getEncoder().encodeToString(bytes(settings.login() + ":" + settings.password()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
