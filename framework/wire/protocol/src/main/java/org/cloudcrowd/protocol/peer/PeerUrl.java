package org.cloudcrowd.protocol.peer;

import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URLs of servers and nodes. {@link URI#getHost} knows only the host names of RFC 2396, and {@code
 * java.net.http} sends to no other; machines have others too, with underscores for example, which
 * resolvers know.
 */
public final class PeerUrl {
  private static final int MAX_PORT = 65_535;
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:[^@/]*@)?(?<host>[A-Za-z0-9._-]{1,245}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::(?<port>[0-9]{1,5}))?");

  private PeerUrl() {}

  /**
   * Reads a base URL that a person has written.
   *
   * @return the URL, with a slash at its end
   * @throws IllegalArgumentException if it is not the URL of a server or node; the message says
   *     what one is
   */
  public static URI parse(String text) {
    var base = text.strip();
    try {
      var url = URI.create(base.endsWith("/") ? base : base + "/");
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isHttp && host(url) != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw noUrl(base, e);
    }
    throw noUrl(base, null);
  }

  private static IllegalArgumentException noUrl(String text, Throwable cause) {
    return new IllegalArgumentException(
        "'" + text + "' is no URL of a server, such as http://127.0.0.1:9173/", cause);
  }

  /** The host of a URL, an IPv6 address in brackets; null where it has none. */
  public static String host(URI url) {
    var authority = authority(url);
    return authority == null ? null : authority.group("host");
  }

  private static Matcher authority(URI url) {
    var authority = url.getRawAuthority();
    if (authority == null) {
      return null;
    }
    var parts = AUTHORITY.matcher(authority);
    return parts.matches() && isPort(parts.group("port")) ? parts : null;
  }

  private static boolean isPort(String digits) {
    if (digits == null) {
      return true;
    }
    int port = Integer.parseInt(digits);
    return port > 0 && port <= MAX_PORT;
  }

  /** Whether a text is an address that can be connected to, {@code host:port}. */
  public static boolean isAddress(String hostPort) {
    try {
      var url = URI.create("http://" + hostPort + "/");
      var parts = authority(url);
      return parts != null
          && parts.group("port") != null
          && url.getRawAuthority().equals(hostPort)
          && hostPort.indexOf('@') < 0
          && !parts.group("host").startsWith(".")
          && !parts.group("host").contains("..");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The URL of a path at a node.
   *
   * @param hostPort its address
   * @param path with a slash at its beginning
   * @throws ConnectException if its name does not resolve
   */
  public static URI of(String hostPort, String path) throws ConnectException {
    try {
      return connectable(URI.create("http://" + hostPort + path));
    } catch (IllegalArgumentException e) {
      throw (ConnectException)
          new ConnectException("'" + hostPort + "' is no address").initCause(e);
    }
  }

  /** Whether {@link #connectable} needs a resolver, which may take seconds. */
  public static boolean asksResolver(URI url) {
    return url.getHost() == null;
  }

  /**
   * A URL of the same server or node that {@code java.net.http} accepts: with an address in place
   * of a name that {@link URI} does not accept.
   *
   * @throws ConnectException if the name does not resolve
   */
  public static URI connectable(URI url) throws ConnectException {
    if (!asksResolver(url)) {
      return url;
    }
    var parts = authority(url);
    if (parts == null) {
      throw new ConnectException("there is no host in " + url);
    }
    try {
      var address = InetAddress.getByName(parts.group("host"));
      var literal =
          address instanceof Inet6Address
              ? "[" + address.getHostAddress().replaceFirst("%.*", "") + "]"
              : address.getHostAddress();
      var port = parts.group("port") == null ? "" : ":" + parts.group("port");
      return URI.create(
          url.getScheme()
              + "://"
              + literal
              + port
              + url.getRawPath()
              + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
    } catch (UnknownHostException e) {
      throw (ConnectException)
          new ConnectException("the host name '" + parts.group("host") + "' does not resolve")
              .initCause(e);
    }
  }

  /** A node's name as a segment of a path; the brackets of an IPv6 address are encoded. */
  public static String segment(String name) {
    return name.replace("[", "%5B").replace("]", "%5D");
  }
}
