package org.cloudcrowd.server.config;

import java.util.regex.Pattern;

/** The rules for the names of actions. */
public final class ActionNames {
  public static final String RULE = "1 to 100 letters, digits, '_', '-' and '.'";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  private ActionNames() {}

  /** Whether a text is the name of an action; null is not. */
  public static boolean isOne(String text) {
    return text != null && NAME.matcher(text).matches();
  }
}
