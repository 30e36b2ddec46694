package org.cloudcrowd.store.jpa.entity;

import org.osgi.framework.VersionRange;

/**
 * Version ranges as their column keeps them.
 *
 * <p>A unit that nodes were lost with waits apart from the others of its range, as if for a range
 * of its own, so that claims find it down the same index.
 */
public final class VersionRanges {
  /** Any version; a column that is never null can be part of the index of the queue. */
  public static final String ANY = "*";

  /** Stands before the range of units of which a node gets one at a time. */
  private static final String ISOLATED = "!";

  private static final int COLUMN = 200;

  private VersionRanges() {}

  /** The text of a range; null is any. */
  static String text(VersionRange range) {
    return range == null ? ANY : range.toString();
  }

  /** The range of a text, or null for any. */
  static VersionRange of(String text) {
    var range = ofJobs(text);
    return range.equals(ANY) ? null : new VersionRange(range);
  }

  /** Whether the column has room for the sign: a range of before may take all of it. */
  public static boolean canBeIsolated(String text) {
    return ofJobs(text).length() < COLUMN;
  }

  /** The text of the same range for units of which a node gets one at a time. */
  public static String isolated(String text) {
    return isIsolated(text) ? text : ISOLATED + text;
  }

  static boolean isIsolated(String text) {
    return text.startsWith(ISOLATED);
  }

  /** The text of the range as jobs have it. */
  public static String ofJobs(String text) {
    return isIsolated(text) ? text.substring(ISOLATED.length()) : text;
  }
}
