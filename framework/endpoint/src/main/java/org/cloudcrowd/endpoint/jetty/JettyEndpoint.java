package org.cloudcrowd.endpoint.jetty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.cloudcrowd.endpoint.Endpoint;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an endpoint by configuring a Jetty for it, and closes it by taking the configuration away.
 *
 * <p>Every role is configured by the same files, so the framework property {@code
 * org.cloudcrowd.endpoints} names those that this container opens; without it, each is opened.
 *
 * <p>A port that cannot be had is found out here, where it can be said in one line; the endpoint
 * then stays closed, and what needs it waits.
 */
@Component(
    service = JettyEndpoint.class,
    immediate = true,
    configurationPid = "org.cloudcrowd.endpoint",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JettyEndpoint.Settings.class, factory = true)
public final class JettyEndpoint {
  private static final Logger log = LoggerFactory.getLogger(JettyEndpoint.class);
  private static final String WANTED = "org.cloudcrowd.endpoints";
  private static final String JETTY = "org.apache.felix.http";

  /** Where an endpoint listens. */
  @ObjectClassDefinition(
      name = "CloudCrowd endpoint",
      description = "An HTTP server at an address and port.")
  public @interface Settings {
    /** The key {@code name}. */
    @AttributeDefinition(description = "What belongs to this endpoint asks for it by this name.")
    String name();

    /** The key {@code host}. */
    @AttributeDefinition(
        description = "The address to listen at; 0.0.0.0 is every address of this machine.")
    String host() default "127.0.0.1";

    /** The key {@code port}. */
    @AttributeDefinition(
        description = "The port to listen at; 0 takes a free one.",
        min = "0",
        max = "65535")
    int port();

    /** The key {@code max_threads}. */
    @AttributeDefinition(
        name = "max_threads",
        description = "How many requests are worked on at once.",
        min = "8",
        max = "10000")
    int max__threads() default 64;

    /** The key {@code idle_timeout_seconds}. */
    @AttributeDefinition(
        name = "idle_timeout_seconds",
        description = "How long a connection may be silent before it is closed, in seconds.",
        min = "1",
        max = "86400")
    int idle__timeout__seconds() default 60;
  }

  private record OpenEndpoint(String host, int port) implements Endpoint {
    @Override
    public URI url() {
      return URI.create(
          "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
    }
  }

  private final Configuration jetty;
  private final ServiceRegistration<?> registration;

  /** Opens the endpoint, or says why it stays closed. */
  @Activate
  public JettyEndpoint(
      Settings settings, @Reference ConfigurationAdmin configurations, BundleContext context)
      throws IOException {
    if (!isWanted(settings.name(), context.getProperty(WANTED))) {
      jetty = null;
      registration = null;
      return;
    }
    int port;
    try {
      port = freePort(settings);
    } catch (IOException | IllegalArgumentException e) {
      jetty = null;
      registration = refuse(settings, e, context);
      return;
    }
    jetty = configurations.getFactoryConfiguration(JETTY, settings.name(), "?");
    jetty.update(
        FrameworkUtil.asDictionary(
            Map.of(
                "org.apache.felix.http.name",
                settings.name(),
                "org.apache.felix.http.host",
                settings.host(),
                "org.osgi.service.http.port",
                port,
                "org.apache.felix.http.jetty.threadpool.max",
                settings.max__threads(),
                "org.apache.felix.http.timeout",
                settings.idle__timeout__seconds() * 1000,
                "org.apache.felix.jetty.stopTimeout",
                0L)));
    registration =
        context.registerService(
            Endpoint.class,
            new OpenEndpoint(settings.host(), port),
            FrameworkUtil.asDictionary(Map.of(Endpoint.NAME, settings.name())));
  }

  /** Closes the endpoint. */
  @Deactivate
  public void close() throws IOException {
    if (registration != null) {
      registration.unregister();
    }
    if (jetty != null) {
      jetty.delete();
    }
  }

  private static boolean isWanted(String name, String wanted) {
    return wanted == null || Arrays.asList(wanted.split(",", -1)).contains(name);
  }

  /** The configured port, or a free one, checked by listening at it for a moment. */
  private static int freePort(Settings settings) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
      return socket.getLocalPort();
    }
  }

  private static ServiceRegistration<?> refuse(
      Settings settings, Exception cause, BundleContext context) {
    var message =
        "cannot listen at "
            + settings.host()
            + ":"
            + settings.port()
            + " ("
            + cause.getMessage()
            + "); choose another port or address for the endpoint '"
            + settings.name()
            + "'";
    log.error("{}", message);
    return context.registerService(
        Condition.class,
        Condition.INSTANCE,
        FrameworkUtil.asDictionary(
            Map.of(Condition.CONDITION_ID, "org.cloudcrowd.fault", "message", message)));
  }
}
