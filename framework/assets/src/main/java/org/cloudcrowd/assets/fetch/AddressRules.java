package org.cloudcrowd.assets.fetch;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cloudcrowd.assets.ServerReach;

/** Which addresses may be connected to. */
final class AddressRules {
  private static final String KEY = "addresses in etc/" + FetchConfiguration.PID + ".cfg";

  private final List<Rule> rules = new ArrayList<>();
  private final String shown;
  private final StringBuilder faults = new StringBuilder();

  /** One of them. */
  private interface Rule {
    boolean allows(InetAddress address, ServerReach reach);
  }

  /** Reads the rules; what is none allows nothing, and is named where an address is refused. */
  AddressRules(List<String> texts) {
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
          (address, reach) ->
              reach == ServerReach.LOOPBACK && AddressKind.of(address) == AddressKind.LOOPBACK;
      default -> {
        var network = Network.of(text);
        yield (address, reach) -> network.contains(address);
      }
    };
  }

  private static Rule kind(AddressKind kind) {
    return (address, reach) -> AddressKind.of(address) == kind;
  }

  /** Why an address may not be connected to, or null where it may. */
  String refusal(InetAddress address, ServerReach reach) {
    if (rules.stream().anyMatch(rule -> rule.allows(address, reach))) {
      return null;
    }
    return address.getHostAddress()
        + " is a "
        + AddressKind.of(address).name().toLowerCase(Locale.ROOT)
        + " address, and "
        + KEY
        + " allows "
        + (shown.isEmpty() ? "none" : "'" + shown + "'")
        + faults
        + (mattersThatOthersReachTheServer(address, reach)
            ? " ('local' only where the server listens at loopback alone)"
            : "");
  }

  private boolean mattersThatOthersReachTheServer(InetAddress address, ServerReach reach) {
    return reach != ServerReach.LOOPBACK
        && rules.stream().anyMatch(rule -> rule.allows(address, ServerReach.LOOPBACK));
  }
}
