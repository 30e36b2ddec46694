package org.cloudcrowd.itests.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cloudcrowd.store.jpa.Database;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.osgi.util.converter.Converters;

/** Gives a test class one Derby database in a directory of its own, closed after it. */
final class DerbyExtension implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Database.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(DerbyExtension.class))
        .getOrComputeIfAbsent("derby", key -> new OpenDerby(), OpenDerby.class)
        .database;
  }

  /** A configuration as Declarative Services would make it of {@code etc/}. */
  static Database.Configuration configuration(Path directory) {
    return Converters.standardConverter()
        .convert(Map.of("directory", directory.toString()))
        .to(Database.Configuration.class);
  }

  private static final class OpenDerby implements AutoCloseable {
    private final Database database;

    private OpenDerby() {
      try {
        database =
            new Database(
                configuration(Files.createTempDirectory("cloudcrowd-store").resolve("db")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      database.close();
    }
  }
}
