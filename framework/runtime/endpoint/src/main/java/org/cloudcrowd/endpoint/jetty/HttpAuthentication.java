package org.cloudcrowd.endpoint.jetty;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.cloudcrowd.endpoint.Access;
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

/** Checks the logins of the cluster: HTTP Basic (RFC 7617), in UTF-8. */
@Component(
    service = {Credentials.class, HttpAuthentication.class},
    configurationPid = "org.cloudcrowd.authentication",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HttpAuthentication.Settings.class)
public final class HttpAuthentication implements Credentials {
  /** The value of the header {@code WWW-Authenticate}. */
  static final String CHALLENGE = "Basic realm=\"CloudCrowd\", charset=\"UTF-8\"";

  private static final String BASIC = "Basic ";
  private static final Logger log = LoggerFactory.getLogger(HttpAuthentication.class);

  /** The configuration of the logins. */
  @ObjectClassDefinition(
      name = "CloudCrowd authentication",
      description = "Whom servers and nodes answer.")
  public @interface Settings {
    @AttributeDefinition(
        name = "http_authentication",
        description =
            "Whether servers and nodes answer only those who send the login below by HTTP Basic,"
                + " and send it to each other. /heartbeat answers everybody.")
    boolean http__authentication() default false;

    @AttributeDefinition(description = "The name of the login, without a colon.", required = false)
    String login() default "";

    @AttributeDefinition(
        description = "The password; better a variable than the word itself.",
        type = AttributeType.PASSWORD,
        required = false)
    String password() default "";

    @AttributeDefinition(
        name = "viewer_login",
        description =
            "The name of a second login, without a colon, that may look at everything and change"
                + " nothing; empty is none.",
        required = false)
    String viewer__login() default "";

    @AttributeDefinition(
        name = "viewer_password",
        description = "Its password.",
        type = AttributeType.PASSWORD,
        required = false)
    String viewer__password() default "";
  }

  /**
   * The sender of a request.
   *
   * @param login its login, or null where authentication is off
   */
  record Sender(String login, Access access) {}

  private final BundleContext context;
  private volatile Settings settings;
  private ServiceRegistration<Condition> fault;

  @Activate
  public HttpAuthentication(Settings settings, BundleContext context) {
    this.context = context;
    change(settings);
  }

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
    return isComplete(settings.login(), settings.password());
  }

  private static boolean isComplete(String login, String password) {
    return !login.isEmpty() && login.indexOf(':') < 0 && !password.isEmpty();
  }

  @Deactivate
  synchronized void end() {
    if (fault != null) {
      fault.unregister();
      fault = null;
    }
  }

  /**
   * Authenticates the sender of a request.
   *
   * @param authorization the header of this name, or null
   * @return empty where the login is missing or wrong
   */
  Optional<Sender> sender(String authorization) {
    var now = settings;
    if (!now.http__authentication()) {
      return Optional.of(new Sender(null, Access.CHANGE));
    }
    if (!isComplete(now) || authorization == null) {
      return Optional.empty();
    }
    var sent = decoded(authorization);
    if (isEqual(now.login(), now.password(), sent)) {
      return Optional.of(new Sender(now.login(), Access.CHANGE));
    }
    return isComplete(now.viewer__login(), now.viewer__password())
            && isEqual(now.viewer__login(), now.viewer__password(), sent)
        ? Optional.of(new Sender(now.viewer__login(), Access.LOOK))
        : Optional.empty();
  }

  /** Compares in time that does not depend on how much of a guess is right. */
  private static boolean isEqual(String login, String password, byte[] sent) {
    var expected = login + ":" + password;
    if (MessageDigest.isEqual(bytes(expected), sent)) {
      return true;
    }
    // Clients from before RFC 7617 may use another charset.
    var older = StandardCharsets.ISO_8859_1;
    return older.newEncoder().canEncode(expected)
        && MessageDigest.isEqual(expected.getBytes(older), sent);
  }

  /** The login and password of a header; nothing where it has none. */
  private static byte[] decoded(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  @Override
  public void addTo(HttpRequest.Builder request) {
    var now = settings;
    if (now.http__authentication()) {
      request.setHeader("Authorization", header(now.login(), now.password()));
    }
  }

  private static String header(String login, String password) {
    return BASIC + Base64.getEncoder().encodeToString(bytes(login + ":" + password));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
