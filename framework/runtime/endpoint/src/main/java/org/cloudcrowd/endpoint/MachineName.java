package org.cloudcrowd.endpoint;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the name or address by which others reach this machine. */
public final class MachineName {
  private static final Logger log = LoggerFactory.getLogger(MachineName.class);

  private MachineName() {}

  /**
   * The machine's host name, or, where that does not resolve, an address of one of its interfaces,
   * which is logged.
   *
   * @param howToSayAnother how an operator can configure another, for the line that is logged
   */
  public static String find(String howToSayAnother) {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      var address = address();
      log.warn(
          "The name of this machine does not resolve ({}); it is called {}. {}",
          e.getMessage(),
          address,
          howToSayAnother);
      return address;
    }
  }

  /** An address that others may reach, IPv4 before IPv6; a loopback address where there is none. */
  private static String address() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(MachineName::addresses)
          .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
          .min(Comparator.comparing(one -> !(one instanceof Inet4Address)))
          .map(one -> one.getHostAddress().replaceFirst("%.*", ""))
          .orElse("127.0.0.1");
    } catch (SocketException e) {
      return "127.0.0.1";
    }
  }

  private static Stream<InetAddress> addresses(NetworkInterface network) {
    try {
      return network.isUp()
          ? network.getInterfaceAddresses().stream().map(InterfaceAddress::getAddress)
          : Stream.empty();
    } catch (SocketException e) {
      return Stream.empty();
    }
  }
}
