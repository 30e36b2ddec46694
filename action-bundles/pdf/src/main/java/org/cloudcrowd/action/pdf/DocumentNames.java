package org.cloudcrowd.action.pdf;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A name for each document of a job, each its own. The first of a name has it; a later one gets a
 * number at its end that makes it the name of no other document, whether that comes before it or
 * after. Names that differ in case alone, or in how accents are written, are one name: not every
 * file system tells them apart.
 */
public final class DocumentNames {
  /** The name of the file that says which input each document came from. */
  public static final String MANIFEST = "manifest.json";

  private final Map<Long, String> names = new HashMap<>();

  /**
   * Names documents.
   *
   * @param origins those of the job, in the order of its inputs, each as often as it comes
   */
  public DocumentNames(Collection<Origin> origins) {
    Set<String> wished =
        origins.stream().map(origin -> key(origin.name())).collect(Collectors.toSet());
    var taken = new HashSet<>(Set.of(MANIFEST));
    for (Origin origin : new LinkedHashSet<>(origins)) {
      names.computeIfAbsent(origin.id(), id -> choose(origin.name(), wished, taken));
    }
  }

  private static String choose(String name, Set<String> wished, Set<String> taken) {
    if (taken.add(key(name))) {
      return name;
    }
    for (int number = 2; ; number++) {
      var numbered = name + "-" + number;
      if (!wished.contains(key(numbered)) && taken.add(key(numbered))) {
        return numbered;
      }
    }
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** The name of a document of the job. */
  public String of(Origin origin) {
    return names.get(origin.id());
  }
}
