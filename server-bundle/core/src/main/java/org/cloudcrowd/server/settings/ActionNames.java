package org.cloudcrowd.server.settings;

import java.util.regex.Pattern;

/** What an action may be called. */
public final class ActionNames {
  /** In words. */
  public static final String RULE = "1 to 100 letters, digits, '_', '-' and '.'";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private ActionNames() {}

  /** Whether a text is one; null is none. */
  public static boolean isOne(String text) {
    return text != null && NAME.matcher(text).matches();
  }
}
