package org.cloudcrowd.action.pdf;

import java.util.HashMap;
import java.util.Map;

/**
 * Names for the documents of a job, each its own: two inputs may have the same name, and come one
 * after the other, each from its first page on. The second is called with {@code -2} at its end.
 */
public final class DocumentNames {
  private final Map<String, Integer> lastPages = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * The name of the document that the next pages are of.
   *
   * @param document what the document is called
   * @param firstPage the number of the first of these pages
   */
  public String of(String document, int firstPage) {
    var before = lastPages.put(document, firstPage);
    if (before == null || firstPage <= before) {
      counts.merge(document, 1, Integer::sum);
    }
    int count = counts.get(document);
    return count == 1 ? document : document + "-" + count;
  }
}
