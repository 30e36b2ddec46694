package org.cloudcrowd.worker;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * The state of the JVM that an action may change for later units of the same process. This saves
 * the state when it is created, and restores it before each unit. For the thread that runs units.
 */
final class JvmState {
  private final Printed printed;
  private final ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();
  private final String threadName = Thread.currentThread().getName();
  private final Locale locale = Locale.getDefault();
  private final Locale displayLocale = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale formatLocale = Locale.getDefault(Locale.Category.FORMAT);
  private final TimeZone timeZone = TimeZone.getDefault();
  private final Properties properties = (Properties) System.getProperties().clone();

  /**
   * Saves the current state.
   *
   * @param printed receives what code prints
   */
  JvmState(Printed printed) {
    this.printed = printed;
    printTo(printed);
  }

  /** Restores the state; also clears the thread's interrupt. */
  void restore() {
    var unused = Thread.interrupted();
    Thread.currentThread().setContextClassLoader(contextClassLoader);
    Thread.currentThread().setName(threadName);
    Locale.setDefault(locale);
    Locale.setDefault(Locale.Category.DISPLAY, displayLocale);
    Locale.setDefault(Locale.Category.FORMAT, formatLocale);
    TimeZone.setDefault(timeZone);
    if (!System.getProperties().equals(properties)) {
      System.setProperties((Properties) properties.clone());
    }
    printTo(printed);
  }

  /** Each unit gets streams of its own, since an action may close them. */
  private static void printTo(Printed printed) {
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }
}
