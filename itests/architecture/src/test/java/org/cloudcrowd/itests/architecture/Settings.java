package org.cloudcrowd.itests.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What the bundles that ship say of their configuration, in their Metatype. */
final class Settings {
  private Settings() {}

  /**
   * A key.
   *
   * @param name the key
   * @param defaultValue its default, or null where it must be given
   * @param description a text that ends with a full stop
   * @param range for example {@code 1 to 1000}, or null
   */
  record Key(String name, String defaultValue, String description, String range) {
    /** The description as it stands in {@code etc/}. */
    String documented() {
      return range == null
          ? description
          : description.substring(0, description.length() - 1) + " (" + range + ").";
    }
  }

  /** By PID or factory PID, the keys in their order. */
  static Map<String, List<Key>> ofAllBundles() throws Exception {
    var all = new TreeMap<String, List<Key>>();
    for (Path jar : new Distribution().ours()) {
      try (var file = new JarFile(jar.toFile())) {
        for (var entry : file.stream().toList()) {
          if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
            read(parsed(file, entry.getName()), all);
          }
        }
      }
    }
    return all;
  }

  /** By PID and key, joined by a slash, as a former version had it: the key of today. */
  static Map<String, String> formerKeys() throws Exception {
    var all = new TreeMap<String, String>();
    for (Path jar : new Distribution().ours()) {
      try (var file = new JarFile(jar.toFile())) {
        var list = file.getJarEntry("OSGI-INF/former-keys.properties");
        if (list != null) {
          var keys = new Properties();
          keys.load(file.getInputStream(list));
          keys.stringPropertyNames().forEach(key -> all.put(key, keys.getProperty(key).strip()));
        }
      }
    }
    return all;
  }

  /** By PID, the components of all bundles that a change of the configuration restarts. */
  static Map<String, List<String>> owners() throws Exception {
    var all = new TreeMap<String, List<String>>();
    for (Path jar : new Distribution().ours()) {
      try (var file = new JarFile(jar.toFile())) {
        for (var entry : file.stream().toList()) {
          if (entry.getName().matches("OSGI-INF/[^/]*\\.xml")) {
            var component = parsed(file, entry.getName()).getDocumentElement();
            var pid = component.getAttribute("configuration-pid");
            if (!pid.isEmpty()) {
              all.computeIfAbsent(pid, unused -> new ArrayList<>())
                  .add(component.getAttribute("name"));
            }
          }
        }
      }
    }
    return all;
  }

  private static Document parsed(JarFile jar, String entry)
      throws IOException, ParserConfigurationException, SAXException {
    try (var in = jar.getInputStream(jar.getEntry(entry))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  private static void read(Document xml, Map<String, List<Key>> all) {
    var keys = new ArrayList<Key>();
    var attributes = xml.getElementsByTagName("AD");
    for (int i = 0; i < attributes.getLength(); i++) {
      keys.add(key((Element) attributes.item(i)));
    }
    var designate = (Element) xml.getElementsByTagName("Designate").item(0);
    var factory = designate.getAttribute("factoryPid");
    all.put(factory.isEmpty() ? designate.getAttribute("pid") : factory, keys);
  }

  private static Key key(Element attribute) {
    var min = attribute.getAttribute("min");
    return new Key(
        attribute.getAttribute("id"),
        attribute.hasAttribute("default") ? attribute.getAttribute("default") : null,
        attribute.getAttribute("description"),
        min.isEmpty() ? null : min + " to " + attribute.getAttribute("max"));
  }
}
