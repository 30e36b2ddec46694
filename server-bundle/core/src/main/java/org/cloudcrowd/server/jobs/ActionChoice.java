package org.cloudcrowd.server.jobs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.settings.Texts;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.osgi.framework.VersionRange;

/**
 * The version of an action that a job is checked against: the highest that it may run by.
 *
 * @param action the version
 * @param range which versions may run it, or null for any
 */
record ActionChoice(KnownAction action, VersionRange range) {
  /** One less than the column, which may put a sign before it. */
  private static final int MAX_RANGE = 199;

  private static final int MAX_NAME = 100;

  /**
   * Chooses.
   *
   * @param name the name that a request asks for, or null
   * @param version the range that it asks for, or null for any
   * @throws InvalidRequestException if nothing of the kind was ever offered
   */
  static ActionChoice of(ActionCatalog catalog, String name, String version)
      throws InvalidRequestException {
    if (name == null || name.isBlank()) {
      throw new InvalidRequestException("/action", "action must name the action to run");
    }
    Texts.check("/action", name, MAX_NAME);
    Texts.check("/version", version, MAX_RANGE);
    var range = range(version);
    var versions = catalog.versions(name);
    if (versions.isEmpty()) {
      throw unknown(catalog, name);
    }
    return highest(versions, range)
        .map(action -> new ActionChoice(action, range))
        .orElseThrow(() -> noneIn(versions, range));
  }

  private static Optional<KnownAction> highest(List<KnownAction> versions, VersionRange range) {
    return versions.stream()
        .filter(action -> range == null || range.includes(action.version()))
        .findFirst();
  }

  private static VersionRange range(String version) throws InvalidRequestException {
    if (version == null) {
      return null;
    }
    try {
      var range = new VersionRange(version);
      if (range.toString().length() <= MAX_RANGE && !range.isEmpty()) {
        return range;
      }
    } catch (IllegalArgumentException e) {
      // It is refused below, as one that holds no version is.
    }
    throw new InvalidRequestException(
        "/version",
        "version must be a range of OSGi versions, as [1.2,2) or 1.2, which is 1.2 and all above"
            + " it; it is '"
            + version
            + "'");
  }

  private static InvalidRequestException unknown(ActionCatalog catalog, String name) {
    var all = String.join(", ", catalog.names());
    return new InvalidRequestException(
        "/action",
        "no node has offered the action '"
            + name
            + "'; "
            + (all.isEmpty() ? "no action is known yet" : "known are: " + all));
  }

  private static InvalidRequestException noneIn(List<KnownAction> versions, VersionRange range) {
    return new InvalidRequestException(
        "/version",
        "no node has offered "
            + versions.get(0).name()
            + " in a version of "
            + range
            + "; known are: "
            + versions.stream()
                .map(action -> action.version().toString())
                .collect(Collectors.joining(", ")));
  }
}
