package org.cloudcrowd.endpoint.jetty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an endpoint by configuring a Jetty for it, and closes it by deleting the configuration. The
 * {@link Endpoint} is registered while its Jetty listens.
 *
 * <p>Every role has the same files, so the framework property {@code org.cloudcrowd.endpoints}
 * names the endpoints that this container opens; without it, all are opened.
 *
 * <p>A port that is in use is found out here, where it can be reported in one line; the endpoint
 * then stays closed.
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
  private static final int MIN_GZIP_BYTES = 1024;
  private static final String JETTY = "org.apache.felix.http";

  /** The configuration of an endpoint. */
  @ObjectClassDefinition(
      name = "CloudCrowd endpoint",
      description = "An HTTP server at an address and port.")
  public @interface Settings {
    @AttributeDefinition(description = "What belongs to this endpoint asks for it by this name.")
    String name();

    @AttributeDefinition(
        description = "The address to listen at; 0.0.0.0 is every address of this machine.")
    String host() default "127.0.0.1";

    @AttributeDefinition(
        description = "The port to listen at; 0 takes a free one.",
        min = "0",
        max = "65535")
    int port();

    @AttributeDefinition(
        name = "max_threads",
        description = "How many requests are worked on at once.",
        min = "8",
        max = "10000")
    int max__threads() default 64;

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

  private final BundleContext context;
  private final Configuration jetty;
  private final String name;
  private final OpenEndpoint endpoint;
  private final ServiceRegistration<Condition> refusal;
  private final Map<HttpServiceRuntime, ServiceRegistration<Endpoint>> open = new HashMap<>();

  /** Opens the endpoint, or reports why it stays closed. */
  @Activate
  public JettyEndpoint(
      Settings settings,
      @Reference ConfigurationAdmin configurations,
      @Reference StartingGate gate,
      BundleContext context)
      throws IOException {
    this.context = context;
    name = settings.name();
    if (!isWanted(settings.name(), context.getProperty(WANTED))) {
      jetty = null;
      endpoint = null;
      refusal = null;
      return;
    }
    // An IPv6 address has brackets in URLs only.
    var host = settings.host().strip().replaceFirst("^\\[(.*)\\]$", "$1");
    int port;
    try {
      port = freePort(host, settings.port());
    } catch (IOException | IllegalArgumentException e) {
      jetty = null;
      endpoint = null;
      refusal = refuse(settings, e, context);
      return;
    }
    refusal = null;
    endpoint = new OpenEndpoint(host, port);
    jetty = configurations.getFactoryConfiguration(JETTY, settings.name(), "?");
    jetty.update(
        FrameworkUtil.asDictionary(
            Map.ofEntries(
                Map.entry("org.apache.felix.http.name", settings.name()),
                Map.entry("org.apache.felix.http.host", host),
                Map.entry("org.osgi.service.http.port", port),
                Map.entry("org.apache.felix.http.jetty.threadpool.max", settings.max__threads()),
                Map.entry(
                    "org.apache.felix.http.timeout", settings.idle__timeout__seconds() * 1000),
                Map.entry("org.apache.felix.jetty.stopTimeout", 0L),
                // Names of files may have an encoded %.
                Map.entry("org.eclipse.jetty.UriComplianceMode", "LEGACY"),
                // Has Jetty use the StartingGate, which must be registered before.
                Map.entry("org.apache.felix.proxy.load.balancer.connection.enable", true),
                // Text is compressed for clients that accept it. Files are not, since ranges of a
                // file are ranges of what was saved.
                Map.entry("org.apache.felix.jetty.gziphandler.enable", true),
                Map.entry("org.apache.felix.jetty.gzip.minGzipSize", MIN_GZIP_BYTES),
                Map.entry(
                    "org.apache.felix.jetty.gzip.includedMimeTypes",
                    new String[] {
                      "application/json", "text/plain", "text/html", "text/css", "text/javascript"
                    }),
                Map.entry(
                    "org.apache.felix.jetty.gzip.excludedPaths", new String[] {"/assets/*"}))));
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  synchronized void addRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) {
    if (endpoint != null
        && listensAt(
            properties.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT), endpoint.port())) {
      open.put(
          runtime,
          context.registerService(
              Endpoint.class, endpoint, FrameworkUtil.asDictionary(Map.of(Endpoint.NAME, name))));
    }
  }

  synchronized void removeRuntime(HttpServiceRuntime runtime) {
    var registration = open.remove(runtime);
    if (registration != null) {
      registration.unregister();
    }
  }

  /** Whether one of a runtime's URLs, which are an array, a collection or one text, has a port. */
  private static boolean listensAt(Object urls, int port) {
    var all =
        urls instanceof String[] array
            ? Arrays.asList(array)
            : urls instanceof Collection<?> collection ? collection : List.of(String.valueOf(urls));
    return all.stream().anyMatch(url -> String.valueOf(url).contains(":" + port + "/"));
  }

  /** Closes the endpoint. */
  @Deactivate
  public void close() throws IOException {
    if (refusal != null) {
      refusal.unregister();
    }
    if (jetty != null) {
      jetty.delete();
    }
  }

  private static boolean isWanted(String name, String wanted) {
    return wanted == null || Arrays.asList(wanted.split(",", -1)).contains(name);
  }

  /** The configured port, or a free one, checked by listening at it for a moment. */
  private static int freePort(String host, int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return socket.getLocalPort();
    }
  }

  private static ServiceRegistration<Condition> refuse(
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
