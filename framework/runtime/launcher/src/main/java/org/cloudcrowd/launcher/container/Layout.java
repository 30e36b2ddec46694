package org.cloudcrowd.launcher.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The folders of a container.
 *
 * @param home the unpacked distribution: {@code bundles/}, {@code lib/}, {@code etc/}, {@code
 *     actions/}
 * @param configuration the configuration folder: {@code etc/}, {@code actions/}
 * @param data the data folder: {@code database/}, {@code assets/}, {@code node/}, {@code log/}
 */
public record Layout(Path home, Path configuration, Path data) {

  /** The bundles of a folder, by name. */
  List<Path> bundles(String folder) {
    try (var files = Files.list(home.resolve("bundles").resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the distribution in " + home + " is not whole: " + FileFaults.reason(e), e);
    }
  }

  /** The bundles of a role, in the order of their start. */
  List<Path> bundles(Role role) {
    return role.folders().stream().flatMap(folder -> bundles(folder).stream()).toList();
  }

  /**
   * The framework properties of the bundles that ship: {@code bundles/framework.properties}, with
   * the folders of this layout for {@code ${org.cloudcrowd.configuration}} and {@code
   * ${org.cloudcrowd.data}}.
   */
  Map<String, String> frameworkProperties() {
    var file = home.resolve("bundles").resolve("framework.properties");
    try (var in = Files.newBufferedReader(file)) {
      var properties = new Properties();
      properties.load(in);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(key -> key, key -> resolve(properties.getProperty(key))));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the distribution in " + home + " is not whole: " + FileFaults.reason(e), e);
    }
  }

  private String resolve(String value) {
    return value
        .replace("${org.cloudcrowd.home}", home.toString())
        .replace("${org.cloudcrowd.configuration}", configuration.toString())
        .replace("${org.cloudcrowd.data}", data.toString());
  }

  /** The shell directory of a container in a role, with its keys and its address. */
  public Path shell(Role role) {
    return data.resolve("shell-" + role.folderName());
  }

  /** The folder of configuration files. */
  Path etc() {
    return configuration.resolve("etc");
  }
}
