package org.cloudcrowd.node.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cloudcrowd.endpoint.Endpoint;
import org.cloudcrowd.endpoint.MachineName;
import org.cloudcrowd.node.NodeSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The name of this node, which is the address by which the server reaches it, and its incarnation.
 */
@Component(service = NodeIdentity.class)
public final class NodeIdentity {
  private static final Pattern WITH_PORT = Pattern.compile("([^:\\[\\]]+|\\[[^\\]]+\\]):[0-9]+");

  private final String name;
  private final String incarnation = UUID.randomUUID().toString();

  /**
   * @param settings its {@code name} may be empty: then the name is the address of the endpoint
   */
  @Activate
  public NodeIdentity(
      @Reference NodeSettings settings,
      @Reference(target = "(endpoint.name=node)") Endpoint endpoint)
      throws UnknownHostException {
    var configured = settings.configuration().name().strip();
    if (WITH_PORT.matcher(configured).matches()) {
      name = configured;
    } else {
      var host = configured.isEmpty() ? host(endpoint) : configured;
      name = (host.contains(":") ? "[" + host + "]" : host) + ":" + endpoint.port();
    }
  }

  private static String host(Endpoint endpoint) throws UnknownHostException {
    return InetAddress.getByName(endpoint.host()).isAnyLocalAddress()
        ? MachineName.find("Say another by name in etc/org.cloudcrowd.node.cfg, or --name")
        : endpoint.host();
  }

  /** Its name, {@code host:port}. */
  public String name() {
    return name;
  }

  /** The id of this life of the node process. */
  public String incarnation() {
    return incarnation;
  }
}
