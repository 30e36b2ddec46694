package org.cloudcrowd.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsAreReadAsTheyAreWritten {
  @TempDir Path folder;
  private final WrittenSecrets secrets = new WrittenSecrets(Map.of("SECRET", "a\\\\b${c}ü")::get);

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("a.cfg"), List.of(lines));
  }

  @Test
  void aBackslashIsItself() throws IOException {
    assertThat(secrets.value(file("password = gr\\ün"), "password")).contains("gr\\ün");
    assertThat(secrets.value(file("password=\\t\\n\\:"), "password")).contains("\\t\\n\\:");
  }

  @Test
  void asAFileOfPropertiesHasItItMayBeDoubled() throws IOException {
    assertThat(secrets.value(file("password : gr\\\\\\u00fcn"), "password")).contains("gr\\ün");
  }

  @Test
  void aVariableIsAsTheEnvironmentHasIt() throws IOException {
    assertThat(secrets.value(file("password = ${env:SECRET} "), "password"))
        .contains("a\\\\b${c}ü");
    assertThat(secrets.value(file("password = ${env:NONE}"), "password")).isEmpty();
  }

  @Test
  void whatIsAsEverIsLeftToFileInstall() throws IOException {
    assertThat(secrets.value(file("password = plain"), "password")).isEmpty();
    assertThat(secrets.value(file("# password = a\\b", "other = a\\b"), "password")).isEmpty();
    assertThat(secrets.value(folder.resolve("none.cfg"), "password")).isEmpty();
    var other = Files.writeString(folder.resolve("a.config"), "password=\"a\\=b\"\n");
    assertThat(secrets.value(other, "password")).isEmpty();
  }

  @Test
  void theLastLineCounts() throws IOException {
    assertThat(secrets.value(file("password = a\\b", "password = c\\d"), "password"))
        .contains("c\\d");
  }
}
