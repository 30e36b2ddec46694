package org.cloudcrowd.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kind of an address, by IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC
 * 6890). Addresses that embed another, as those of NAT64 and 6to4 do, count as special: their
 * target is not checked.
 */
enum AddressKind {
  /** This machine's own. */
  LOOPBACK,
  /** Of an internal network. */
  PRIVATE,
  /** Special; no rule but a network allows these. */
  SPECIAL,
  /** Of the internet. */
  PUBLIC;

  private static final List<Network> PRIVATE_NETWORKS =
      networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
  private static final List<Network> SPECIAL_NETWORKS =
      networks(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** The global unicast addresses of IPv6 (RFC 4291, 2.4). */
  private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

  private static List<Network> networks(String... networks) {
    return Stream.of(networks).map(Network::of).toList();
  }

  static AddressKind of(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return LOOPBACK;
    }
    if (PRIVATE_NETWORKS.stream().anyMatch(network -> network.contains(address))) {
      return PRIVATE;
    }
    boolean special =
        SPECIAL_NETWORKS.stream().anyMatch(network -> network.contains(address))
            || (address instanceof Inet6Address && !GLOBAL_UNICAST.contains(address));
    return special ? SPECIAL : PUBLIC;
  }
}
