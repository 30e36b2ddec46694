package org.cloudcrowd.server.nodes;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.FileProblem;
import org.osgi.framework.Version;

/** What nodes offer, put together. */
public final class Offers {
  /** By name, and of one name the highest version first. */
  static final Comparator<ActionOffer> HIGHEST_FIRST =
      Comparator.comparing(ActionOffer::name)
          .thenComparing(Comparator.comparing(Offers::version).reversed());

  private Offers() {}

  /** The version of an offer, which was checked when it came. */
  public static Version version(ActionOffer offer) {
    return Version.parseVersion(offer.version());
  }

  /** The versions of each action, by the names of those. */
  public static Map<String, Set<Version>> versions(Collection<ActionOffer> offers) {
    return offers.stream()
        .collect(
            Collectors.groupingBy(
                ActionOffer::name,
                Collectors.mapping(Offers::version, Collectors.toUnmodifiableSet())));
  }

  static List<String> sentences(Collection<FileProblem> problems) {
    return problems.stream().map(FileProblem::sentence).toList();
  }

  /** The names, each once and in their order. */
  static List<String> names(Collection<ActionOffer> offers) {
    return offers.stream().map(ActionOffer::name).distinct().sorted().toList();
  }
}
