package org.cloudcrowd.store.jpa;

import org.osgi.framework.VersionRange;

/** Version ranges as their column keeps them. */
final class VersionRanges {
  /** Any version; a column that is never null can be part of the index of the queue. */
  static final String ANY = "*";

  private VersionRanges() {}

  /** The text of a range; null is any. */
  static String text(VersionRange range) {
    return range == null ? ANY : range.toString();
  }

  /** The range of a text, or null for any. */
  static VersionRange of(String text) {
    return text.equals(ANY) ? null : new VersionRange(text);
  }
}
