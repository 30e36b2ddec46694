package org.cloudcrowd.action.schema;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;

/**
 * A module of the schema generator that names the components of a record as an action's worker
 * does, and refuses what is no component of it: of {@code record Pages(int pageSize)}, the option
 * {@code page_size} and no other.
 *
 * <p>A component of a primitive type is required, any other may be left out; what {@code
 * jakarta.validation} says of a component is added by the generator's own module for it.
 */
public final class OptionsModule implements Module {
  private static final NamingBase NAMES = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

  @Override
  public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
    builder.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    builder
        .forFields()
        .withPropertyNameOverrideResolver(field -> NAMES.translate(field.getDeclaredName()))
        .withRequiredCheck(field -> field.getRawMember().getType().isPrimitive());
  }
}
