package org.cloudcrowd.server.ruby;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.node.AdvertisedAction;

/** The stages of the actions of Ruby nodes. */
final class RubyStages {
  private static final String SPLIT = "split";
  private static final String MERGE = "merge";

  private final Map<String, Set<String>> stages;

  /**
   * As configured.
   *
   * @throws IllegalArgumentException if an entry is invalid; the message names it
   */
  RubyStages(String[] entries) {
    stages =
        Arrays.stream(entries)
            .flatMap(text -> Arrays.stream(text.split("[,\\s]+", -1)))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> entry.split(":", -1))
            .collect(
                Collectors.toUnmodifiableMap(entry -> entry[0], RubyStages::stages, (a, b) -> b));
  }

  private static Set<String> stages(String... entry) {
    if (entry.length == 1) {
      return Set.of();
    }
    var names = entry.length == 2 ? Set.copyOf(Arrays.asList(entry[1].split("\\+", -1))) : null;
    if (names == null || !Set.of(SPLIT, MERGE).containsAll(names)) {
      throw new IllegalArgumentException(
          "stages: '"
              + String.join(":", entry)
              + "' must be as in process_pdfs:split+merge, or a name"
              + " alone");
    }
    return names;
  }

  /** Whether the stages of an action are listed. */
  boolean isListed(String action) {
    return stages.containsKey(action);
  }

  /** The advertised action for the name that a Ruby node gives; its version is not known. */
  AdvertisedAction advertised(String action) {
    var more = stages.getOrDefault(action, Set.of());
    return new AdvertisedAction(action, "0.0.0", null, more.contains(SPLIT), more.contains(MERGE));
  }
}
