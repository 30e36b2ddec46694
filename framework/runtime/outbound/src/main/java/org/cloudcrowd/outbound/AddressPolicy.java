package org.cloudcrowd.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses may be connected to, by rules: {@code public}, the internet's; {@code private},
 * of internal networks; {@code loopback}, this machine's own; {@code local}, loopback where the
 * server can be reached from this machine alone; or a network, such as {@code 10.1.0.0/16}. May be
 * used by any number of threads.
 */
public final class AddressPolicy {
  private final List<Rule> rules = new ArrayList<>();
  private final String pid;
  private final String shown;
  private final StringBuilder faults = new StringBuilder();

  /** One of them. */
  private interface Rule {
    boolean allows(InetAddress address, ServerExposure exposure);
  }

  /**
   * Reads the rules; what is none allows nothing, and is named where an address is refused.
   *
   * @param pid of the configuration with the rules, whose key {@code addresses} is named there
   * @param values its values, each of which may be some, separated by commas
   */
  public AddressPolicy(String pid, String... values) {
    this.pid = pid;
    var texts =
        Arrays.stream(values)
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    shown = String.join(", ", texts);
    for (String text : texts) {
      try {
        rules.add(rule(text));
      } catch (IllegalArgumentException e) {
        faults.append("; there, ").append(e.getMessage());
      }
    }
  }

  private static Rule rule(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "public" -> kind(AddressKind.PUBLIC);
      case "private" -> kind(AddressKind.PRIVATE);
      case "loopback" -> kind(AddressKind.LOOPBACK);
      case "local" ->
          (address, exposure) ->
              exposure == ServerExposure.LOOPBACK
                  && AddressKind.of(address) == AddressKind.LOOPBACK;
      default -> {
        var network = Network.of(text);
        yield (address, exposure) -> network.contains(address);
      }
    };
  }

  private static Rule kind(AddressKind kind) {
    return (address, exposure) -> AddressKind.of(address) == kind;
  }

  /**
   * Why an address may not be connected to, or null where it may.
   *
   * @param exposure of the server for which it is
   */
  public String refusal(InetAddress address, ServerExposure exposure) {
    if (rules.stream().anyMatch(rule -> rule.allows(address, exposure))) {
      return null;
    }
    return address.getHostAddress()
        + " is a "
        + AddressKind.of(address).name().toLowerCase(Locale.ROOT)
        + " address, and addresses in etc/"
        + pid
        + ".cfg allows "
        + (shown.isEmpty() ? "none" : "'" + shown + "'")
        + faults
        + (mattersThatOthersReachTheServer(address, exposure)
            ? " ('local' only where the server listens at loopback alone)"
            : "");
  }

  private boolean mattersThatOthersReachTheServer(InetAddress address, ServerExposure exposure) {
    return exposure != ServerExposure.LOOPBACK
        && rules.stream().anyMatch(rule -> rule.allows(address, ServerExposure.LOOPBACK));
  }
}
