package org.cloudcrowd.server.jobs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ActionNames;
import org.cloudcrowd.server.config.Texts;
import org.cloudcrowd.store.ActionCatalog;
import org.cloudcrowd.store.ActionCatalog.KnownAction;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * The version of an action that a job is checked against: the highest in the range that it asks
 * for.
 *
 * @param action the version; its stages are not known where it is awaited
 * @param range which versions may run it, or null for any
 * @param isAwaited whether no node has advertised it yet
 */
record ActionChoice(KnownAction action, VersionRange range, boolean isAwaited) {
  /** One less than the column, which may put a sign before it. */
  private static final int MAX_RANGE = 199;

  private static final int MAX_NAME = 100;

  /**
   * Chooses.
   *
   * @param name the name that a request asks for, or null
   * @param version the version range that it asks for, or null for any
   * @param acceptsUnknown whether an action may be awaited while none is known
   * @throws InvalidRequestException if no node has ever advertised such an action
   */
  static ActionChoice of(ActionCatalog catalog, String name, String version, boolean acceptsUnknown)
      throws InvalidRequestException {
    if (name == null || name.isBlank()) {
      throw new InvalidRequestException("/action", "action must name the action to run");
    }
    Texts.check("/action", name, MAX_NAME);
    Texts.check("/version", version, MAX_RANGE);
    var range = range(version);
    var versions = catalog.versions(name);
    if (versions.isEmpty() && acceptsUnknown && catalog.names().isEmpty()) {
      return awaited(name, range);
    }
    if (versions.isEmpty()) {
      throw unknown(catalog, name);
    }
    return highest(versions, range)
        .map(action -> new ActionChoice(action, range, false))
        .orElseThrow(() -> noneIn(versions, range));
  }

  private static ActionChoice awaited(String name, VersionRange range)
      throws InvalidRequestException {
    if (!ActionNames.isOne(name)) {
      throw new InvalidRequestException("/action", "action must be a name: " + ActionNames.RULE);
    }
    return new ActionChoice(
        new KnownAction(name, Version.emptyVersion, false, false, null), range, true);
  }

  /** The highest version of a range, which is null for any. */
  static Optional<KnownAction> highest(List<KnownAction> versions, VersionRange range) {
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
      // It is refused below, as a range without versions is.
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
        "no node has advertised the action '"
            + name
            + "'; "
            + (all.isEmpty() ? "no action is known yet" : "known are: " + all));
  }

  private static InvalidRequestException noneIn(List<KnownAction> versions, VersionRange range) {
    return new InvalidRequestException(
        "/version",
        "no node has advertised "
            + versions.get(0).name()
            + " in a version of "
            + range
            + "; known are: "
            + versions.stream()
                .map(action -> action.version().toString())
                .collect(Collectors.joining(", ")));
  }
}
