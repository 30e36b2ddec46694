package org.cloudcrowd.configuration.diagnosis;

import java.util.List;
import java.util.Set;

/**
 * A component that is not registered.
 *
 * @param name its name
 * @param reason why it is not there
 * @param detail the file that is missing; else a clause that can follow the name
 * @param provided the types of the services that it would be
 * @param awaited the types of the services that it waits for
 */
record MissingComponent(
    String name, Reason reason, String detail, Set<String> provided, Set<String> awaited) {

  /** Why a component is not registered. */
  enum Reason {
    /** It requires a configuration, and etc has no file of it. */
    NO_FILE,
    /** It has failed. */
    FAILED,
    /** It has failed because another component has failed, which has its own line. */
    BY_ANOTHER,
    /** It waits. */
    WAITS
  }

  String line() {
    return "component " + name + " " + detail;
  }

  boolean waitsOnlyFor(List<MissingComponent> others) {
    return !awaited.isEmpty()
        && awaited.stream()
            .allMatch(type -> others.stream().anyMatch(part -> part.provided.contains(type)));
  }
}
