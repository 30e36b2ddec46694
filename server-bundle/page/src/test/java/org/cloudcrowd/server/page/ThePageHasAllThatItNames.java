package org.cloudcrowd.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A module that is missing would be found by a browser alone, and by whoever looks at the page. */
class ThePageHasAllThatItNames {
  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import)\\s*[\"']([^\"'\\s]+)[\"']");
  private static final Pattern MAPPED = Pattern.compile("\"([^\"]+)\": \"\\./page/([^\"]+)\"");
  private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"page/([^\"]+)\"");

  private static Path page() throws URISyntaxException {
    return Path.of(PageFiles.class.getResource("/page/index.html").toURI()).getParent();
  }

  private static List<Path> modules() throws Exception {
    try (var files = Files.walk(page())) {
      return files.filter(file -> file.toString().endsWith(".js")).toList();
    }
  }

  @Test
  void everyImportIsThere() throws Exception {
    var map = new TreeMap<String, String>();
    MAPPED
        .matcher(Files.readString(page().resolve("index.html")))
        .results()
        .forEach(entry -> map.put(entry.group(1), entry.group(2)));
    var missing = new ArrayList<String>();
    int found = 0;
    for (Path module : modules()) {
      for (var imported : IMPORT.matcher(Files.readString(module)).results().toList()) {
        found++;
        var file = resolve(module, imported.group(1), map);
        if (file == null || !Files.exists(file)) {
          missing.add(module.getFileName() + " imports " + imported.group(1));
        }
      }
    }

    assertThat(found).isGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  private static Path resolve(Path module, String name, NavigableMap<String, String> map)
      throws URISyntaxException {
    if (name.startsWith(".")) {
      return module.resolveSibling(name).normalize();
    }
    if (map.containsKey(name)) {
      return page().resolve(map.get(name));
    }
    var prefix = map.floorKey(name);
    return prefix != null && prefix.endsWith("/") && name.startsWith(prefix)
        ? page().resolve(map.get(prefix) + name.substring(prefix.length()))
        : null;
  }

  @Test
  void whatTheIndexNamesIsThereAndNoScriptStandsInItButTheImportMap() throws Exception {
    var index = Files.readString(page().resolve("index.html"));

    var named = NAMED.matcher(index).results().map(name -> page(name.group(1))).toList();

    assertThat(named).hasSize(4).allMatch(Files::exists);
    assertThat(index).containsOnlyOnce("<script type=\"importmap\">");
    assertThat(index.split("<script", -1)).as("scripts").hasSize(3);
    assertThat(index).doesNotContain("style=", "onclick");
  }

  private static Path page(String name) {
    try {
      return page().resolve(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
