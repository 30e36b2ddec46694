package org.cloudcrowd.itests.store;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Derby and PostgreSQL, or those that the property {@code databases} names, opened for the first
 * test that asks and closed after the last.
 */
final class Databases implements ArgumentsProvider {

  private static Class<? extends TestDatabase> type(String name) {
    return switch (name) {
      case "Derby" -> TestDerby.class;
      case "PostgreSQL" -> TestPostgres.class;
      default -> throw new IllegalArgumentException("no database is called " + name);
    };
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    var store = context.getRoot().getStore(ExtensionContext.Namespace.create(Databases.class));
    var names = System.getProperty("databases", "Derby,PostgreSQL").split(",", -1);
    return Arrays.stream(names)
        .map(Databases::type)
        .map(store::getOrComputeIfAbsent)
        .map(Arguments::of);
  }
}
