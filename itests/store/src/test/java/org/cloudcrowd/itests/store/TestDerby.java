package org.cloudcrowd.itests.store;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Derby in this process, in directories of its own. */
final class TestDerby extends TestDatabase {
  @Override
  Map<String, String> newDatabase() throws IOException {
    return Map.of(
        "directory", Files.createTempDirectory("cloudcrowd-store").resolve("db").toString());
  }

  @Override
  public String toString() {
    return "Derby";
  }
}
