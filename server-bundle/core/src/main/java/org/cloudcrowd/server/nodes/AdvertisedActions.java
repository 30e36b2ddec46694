package org.cloudcrowd.server.nodes;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.FileProblem;
import org.osgi.framework.Version;

/** Reads the actions that nodes advertise. */
public final class AdvertisedActions {
  /** Orders by name, and of one name the highest version first. */
  static final Comparator<AdvertisedAction> HIGHEST_FIRST =
      Comparator.comparing(AdvertisedAction::name)
          .thenComparing(Comparator.comparing(AdvertisedActions::version).reversed());

  private AdvertisedActions() {}

  /** The version of an advertised action, which was checked when the heartbeat came. */
  public static Version version(AdvertisedAction action) {
    return Version.parseVersion(action.version());
  }

  /** The versions of each action, by the actions' names. */
  public static Map<String, Set<Version>> versions(Collection<AdvertisedAction> advertised) {
    return advertised.stream()
        .collect(
            Collectors.groupingBy(
                AdvertisedAction::name,
                Collectors.mapping(AdvertisedActions::version, Collectors.toUnmodifiableSet())));
  }

  static List<String> sentences(Collection<FileProblem> problems) {
    return problems.stream().map(FileProblem::sentence).toList();
  }

  /** The names, each once and in their order. */
  static List<String> names(Collection<AdvertisedAction> advertised) {
    return advertised.stream().map(AdvertisedAction::name).distinct().sorted().toList();
  }
}
