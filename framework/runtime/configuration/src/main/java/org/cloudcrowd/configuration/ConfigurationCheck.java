package org.cloudcrowd.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Checks a configuration against its Metatype. */
final class ConfigurationCheck {
  /** Keys that Config Admin, File Install and Declarative Services add for themselves. */
  private static final List<String> TECHNICAL =
      List.of("service.", "felix.", "component.", "osgi.");

  private final ObjectClassDefinition definition;

  ConfigurationCheck(ObjectClassDefinition definition) {
    this.definition = definition;
  }

  /**
   * An invalid key or value.
   *
   * @param key the key
   * @param problem a clause that can follow the key
   */
  record Fault(String key, String problem) {}

  /** The keys with invalid values, and the unknown keys. */
  List<Fault> faults(Map<String, Object> values) {
    var faults = new ArrayList<Fault>();
    var known = Arrays.asList(definition.getAttributeDefinitions(ObjectClassDefinition.ALL));
    for (AttributeDefinition attribute : known) {
      var value = values.get(attribute.getID());
      if (value != null && !fits(attribute, value)) {
        faults.add(new Fault(attribute.getID(), "= " + shown(value) + " " + wanted(attribute)));
      }
    }
    var names = known.stream().map(AttributeDefinition::getID).sorted().toList();
    values.keySet().stream()
        .filter(key -> TECHNICAL.stream().noneMatch(key::startsWith))
        .filter(key -> !names.contains(key))
        .sorted()
        .forEach(
            key ->
                faults.add(
                    new Fault(key, "is not known; the keys are " + String.join(", ", names))));
    return faults;
  }

  private static boolean fits(AttributeDefinition attribute, Object value) {
    if (attribute.getCardinality() != 0) {
      return elements(value).stream().allMatch(element -> isValid(attribute, element));
    }
    return isValid(attribute, value);
  }

  /** The service returns null where it has no check, and an empty text where the value is valid. */
  private static boolean isValid(AttributeDefinition attribute, Object value) {
    var verdict = attribute.validate(String.valueOf(value).strip());
    return verdict == null || verdict.isEmpty();
  }

  private static Collection<?> elements(Object value) {
    if (value instanceof Object[] array) {
      return Arrays.asList(array);
    }
    return value instanceof Collection<?> collection ? collection : List.of(value);
  }

  private static String shown(Object value) {
    return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
  }

  private static String wanted(AttributeDefinition attribute) {
    var type =
        switch (attribute.getType()) {
          case AttributeDefinition.INTEGER, AttributeDefinition.LONG, AttributeDefinition.SHORT ->
              "a whole number within its range";
          case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "a number within its range";
          case AttributeDefinition.BOOLEAN -> "true or false";
          default -> "one of the values it may have";
        };
    return "is not " + type + " (" + attribute.getDescription() + ")";
  }
}
