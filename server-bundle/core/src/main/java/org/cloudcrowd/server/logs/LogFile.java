package org.cloudcrowd.server.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.io.input.ReversedLinesFileReader;
import org.cloudcrowd.server.ServerLog;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The log file of this container. */
@Component
public final class LogFile implements ServerLog {
  private final Path file;

  @Activate
  public LogFile(BundleContext bundle) {
    file = Path.of(bundle.getProperty("org.cloudcrowd.data"), "log", "crowd.log");
  }

  @Override
  public List<String> lastLines(int count) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var reader =
        ReversedLinesFileReader.builder().setPath(file).setCharset(StandardCharsets.UTF_8).get()) {
      var lines = new ArrayList<>(reader.readLines(count));
      Collections.reverse(lines);
      return lines;
    }
  }
}
