package org.cloudcrowd.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the project: their links lead somewhere, and their indexes are complete. */
class DocumentsAreLinked {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

  private static List<Path> documents() throws IOException {
    try (var docs = Files.walk(DOCS);
        var top = Files.list(ROOT)) {
      return Stream.concat(docs, top)
          .filter(file -> file.getFileName().toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static Set<Path> links(Path document) throws IOException {
    return LINK.matcher(Files.readString(document))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains(":"))
        .map(link -> document.resolveSibling(link).normalize())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Path> siblings(Path index) throws IOException {
    try (var files = Files.list(index.getParent())) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.equals(index))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path document : documents()) {
      assertThat(links(document)).as(document.toString()).allMatch(Files::exists);
    }
  }

  @Test
  void theIndexNamesEveryDocument() throws IOException {
    var index = DOCS.resolve("README.md");

    assertThat(links(index)).containsAll(siblings(index));
  }

  @Test
  void theIndexNamesEveryDecision() throws IOException {
    var index = DOCS.resolve("decisions/README.md");

    assertThat(links(index)).containsAll(siblings(index));
  }

  @Test
  void eachPromiseHasTestsThatAreThere() throws IOException {
    var promises =
        Files.readAllLines(DOCS.resolve("testing.md")).stream()
            .filter(line -> line.matches("\\| P[0-9]+ \\|.*"))
            .toList();
    Set<String> classes;
    try (var files = Files.walk(ROOT)) {
      classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .collect(Collectors.toSet());
    }

    assertThat(promises).hasSizeGreaterThan(20);
    for (String promise : promises) {
      var tests =
          TEST.matcher(promise.split("\\|", -1)[3]).results().map(test -> test.group(1)).toList();
      assertThat(tests).as(promise).isNotEmpty().isSubsetOf(classes);
    }
  }
}
