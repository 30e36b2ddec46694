package org.cloudcrowd.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.cloudcrowd.endpoint.Endpoint;
import org.cloudcrowd.endpoint.MachineName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The URL of this server, and who can reach it. May be used by any number of threads. */
@Component(service = ServerAddress.class)
public final class ServerAddress {
  private final String publicUrl;
  private volatile String machine;

  @Reference(
      target = "(endpoint.name=server)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Endpoint endpoint;

  /** As configured. */
  @Activate
  public ServerAddress(@Reference ServerSettings settings) {
    publicUrl = settings.configuration().public__url().strip();
  }

  /**
   * Whether only this machine can reach it: it listens at loopback addresses, and has no {@code
   * public_url}.
   */
  public boolean isLoopbackAlone() {
    var open = endpoint;
    return publicUrl.isEmpty() && open != null && isLoopback(open.host());
  }

  private static boolean isLoopback(String host) {
    try {
      return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The base URL for clients, with a slash at the end, or null while it is not open. */
  public URI url() {
    if (!publicUrl.isEmpty()) {
      return URI.create(publicUrl.endsWith("/") ? publicUrl : publicUrl + "/");
    }
    var open = endpoint;
    return open == null ? null : reachable(open);
  }

  /** A wildcard address is not an address that a client could use. */
  private URI reachable(Endpoint open) {
    try {
      if (!InetAddress.getByName(open.host()).isAnyLocalAddress()) {
        return open.url();
      }
      if (machine == null) {
        machine = MachineName.find("Say another by public_url in etc/org.cloudcrowd.server.cfg");
      }
      return URI.create(
          "http://"
              + (machine.contains(":") ? "[" + machine + "]" : machine)
              + ":"
              + open.port()
              + "/");
    } catch (UnknownHostException e) {
      return open.url();
    }
  }
}
