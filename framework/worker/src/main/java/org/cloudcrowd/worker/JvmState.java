package org.cloudcrowd.worker;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * What of the JVM an action may change for whatever runs after it in the same process: as it was
 * when this was made, and as each unit is to find it. One thread uses it, the one that runs units.
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
   * Of this moment.
   *
   * @param printed takes what code prints
   */
  JvmState(Printed printed) {
    this.printed = printed;
    printTo(printed);
  }

  /** Has everything be as it was; the interrupt of a unit is none of the next. */
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

  /** Through streams of its own for each unit: one that was closed prints no more. */
  private static void printTo(Printed printed) {
    var stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }
}
