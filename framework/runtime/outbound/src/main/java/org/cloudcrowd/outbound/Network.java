package org.cloudcrowd.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses that begin with the same bits, as in {@code 10.0.0.0/8} (RFC 4632).
 *
 * @param first an address of it
 * @param bits how many bits its addresses have in common
 */
record Network(InetAddress first, int bits) {
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*");

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Network of(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    try {
      // Names are not looked up: what they mean may change.
      if (!LITERAL.matcher(address).matches()) {
        throw new IllegalArgumentException();
      }
      var first = InetAddress.getByName(address);
      int size = first.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? size : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > size) {
        throw new IllegalArgumentException();
      }
      return new Network(first, bits);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is no network, such as 10.1.0.0/16", e);
    }
  }

  boolean contains(InetAddress address) {
    var ours = first.getAddress();
    var theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
