package org.cloudcrowd.itests.store;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Derby and PostgreSQL, opened for the first test that asks and closed after the last. */
final class Databases implements ArgumentsProvider {

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    var store = context.getRoot().getStore(ExtensionContext.Namespace.create(Databases.class));
    return Stream.of(
        Arguments.of(store.getOrComputeIfAbsent(TestDerby.class)),
        Arguments.of(store.getOrComputeIfAbsent(TestPostgres.class)));
  }
}
