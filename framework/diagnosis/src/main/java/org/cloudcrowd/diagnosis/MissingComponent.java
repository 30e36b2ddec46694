package org.cloudcrowd.diagnosis;

import java.util.List;
import java.util.Set;

/**
 * A component that is not there.
 *
 * @param name its name
 * @param reason why it is not there
 * @param detail the file that is missing; else a clause that can follow the name
 * @param provided the types of the services that it would be
 * @param awaited the types of the services that it waits for
 */
record MissingComponent(
    String name, Reason reason, String detail, Set<String> provided, Set<String> awaited) {

  /** Why a component is not there. */
  enum Reason {
    /** It does not start without a configuration, and etc has no file of it. */
    NO_FILE,
    /** It could not be started. */
    FAILED,
    /** It could not be started because another, which has its own line, could not. */
    BY_ANOTHER,
    /** It may still come. */
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
