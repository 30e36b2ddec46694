package org.cloudcrowd.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Keys that had another name in an earlier version. A bundle lists those of its configurations in
 * the resource {@value #RESOURCE}, a line {@code PID/FORMER = KEY} for each.
 */
final class FormerKeys {
  static final String RESOURCE = "OSGI-INF/former-keys.properties";

  /** By the former name, the name of today. */
  private final Map<String, String> names = new TreeMap<>();

  /**
   * Reads the former keys of a PID.
   *
   * @param pid the PID, or the factory PID
   * @param resource the bundle's list; it is not closed here
   */
  FormerKeys(String pid, InputStream resource) throws IOException {
    var all = new Properties();
    all.load(resource);
    var prefix = pid + "/";
    all.stringPropertyNames().stream()
        .filter(name -> name.startsWith(prefix))
        .forEach(name -> names.put(name.substring(prefix.length()), all.getProperty(name).strip()));
  }

  /**
   * Gives the values of former keys to the keys of today. Where both are set, the former is
   * removed.
   *
   * @return a sentence for each former key that was found, by its name
   */
  List<String> replace(Dictionary<String, Object> configuration) {
    return names.entrySet().stream()
        .filter(name -> configuration.get(name.getKey()) != null)
        .map(name -> replace(configuration, name.getKey(), name.getValue()))
        .toList();
  }

  private static String replace(
      Dictionary<String, Object> configuration, String former, String key) {
    var value = configuration.remove(former);
    if (configuration.get(key) != null) {
      return former + " is ignored, because " + key + ", its name of today, is set too";
    }
    configuration.put(key, value);
    return former + " is read as " + key + ", its name of today";
  }
}
