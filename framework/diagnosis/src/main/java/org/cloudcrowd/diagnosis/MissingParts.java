package org.cloudcrowd.diagnosis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * Finds the bundles that do not resolve and the components that are not satisfied, with what each
 * waits for.
 *
 * <p>It is a service of a type of the JDK, so that the launcher, which shares no class with any
 * bundle, can ask it.
 */
@Component(property = "org.cloudcrowd.supplies=missing-parts")
public final class MissingParts implements Supplier<List<String>> {
  private static final String OURS = "org.cloudcrowd.";

  /** The name of the reference by which a component waits to be chosen among others of its kind. */
  private static final String CHOSEN = "chosen";

  /** The framework property with the folder that etc lies in. */
  private static final String CONFIGURATION = "org.cloudcrowd.configuration";

  private final BundleContext context;
  private final ServiceComponentRuntime components;

  /** Looks at the whole container. */
  @Activate
  public MissingParts(BundleContext context, @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  /**
   * A line for each part that is missing; none where all is well. What waits only for other missing
   * parts has none of its own, unless they all wait for each other.
   */
  @Override
  public List<String> get() {
    var lines = new ArrayList<String>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED) {
        lines.add("bundle " + bundle.getSymbolicName() + " " + whyUnresolved(bundle));
      }
    }
    var missing =
        components.getComponentDescriptionDTOs().stream()
            .filter(component -> component.name.startsWith(OURS))
            .flatMap(this::describe)
            .toList();
    var causes = missing.stream().filter(part -> !part.waitsOnlyFor(missing)).toList();
    (causes.isEmpty() ? missing : causes).stream().map(MissingComponent::line).forEach(lines::add);
    return lines;
  }

  /**
   * A component that is not there.
   *
   * @param line what is said of it
   * @param provided the types of the services that it would be
   * @param awaited the types of the services that it waits for
   */
  private record MissingComponent(String line, Set<String> provided, Set<String> awaited) {
    boolean waitsOnlyFor(List<MissingComponent> others) {
      return !awaited.isEmpty()
          && awaited.stream()
              .allMatch(type -> others.stream().anyMatch(part -> part.provided.contains(type)));
    }
  }

  /** Only an attempt to start it makes the framework say what a bundle misses. */
  private static String whyUnresolved(Bundle bundle) {
    if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
      return "is a fragment without its host";
    }
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return "had not been started";
    } catch (BundleException e) {
      return "cannot start: " + e.getMessage();
    }
  }

  private Stream<MissingComponent> describe(ComponentDescriptionDTO component) {
    var configurations = components.getComponentConfigurationDTOs(component);
    var provided = Set.of(component.serviceInterfaces);
    if (configurations.isEmpty() && component.configurationPolicy.equals("require")) {
      return Stream.of(
          new MissingComponent(
              "component " + component.name + " " + withoutConfiguration(component),
              provided,
              Set.of()));
    }
    return configurations.stream()
        .filter(
            configuration ->
                configuration.state != ComponentConfigurationDTO.ACTIVE
                    && configuration.state != ComponentConfigurationDTO.SATISFIED)
        .filter(configuration -> !isNotChosen(configuration))
        .map(
            configuration ->
                new MissingComponent(
                    "component " + component.name + " " + why(configuration),
                    provided,
                    awaited(configuration)));
  }

  private String withoutConfiguration(ComponentDescriptionDTO component) {
    var file = "etc/" + component.configurationPid[0] + ".cfg";
    var folder = context.getProperty(CONFIGURATION);
    return folder != null && Files.exists(Path.of(folder, file))
        ? "waits until " + file + " has been read"
        : "has no configuration: there is no " + file;
  }

  private static Set<String> awaited(ComponentConfigurationDTO configuration) {
    return configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
        ? Arrays.stream(configuration.unsatisfiedReferences)
            .map(reference -> type(configuration, reference))
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** Whether it waits for nothing but that: another does what it would do. */
  private static boolean isNotChosen(ComponentConfigurationDTO configuration) {
    return configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
        && Arrays.stream(configuration.unsatisfiedReferences)
            .allMatch(reference -> reference.name.equals(CHOSEN));
  }

  private String why(ComponentConfigurationDTO configuration) {
    return switch (configuration.state) {
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
          withoutConfiguration(configuration.description);
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> "waits for " + missing(configuration);
      // A component that is looked at while it starts has failed for no reason yet.
      default ->
          configuration.failure == null
              ? "is starting"
              : "failed to start: "
                  + configuration.failure.lines().findFirst().orElse("for an unknown reason");
    };
  }

  private static String missing(ComponentConfigurationDTO configuration) {
    return Arrays.stream(configuration.unsatisfiedReferences)
        .map(
            reference ->
                type(configuration, reference)
                    + (reference.target == null ? "" : " " + reference.target))
        .collect(Collectors.joining(", "));
  }

  private static String type(
      ComponentConfigurationDTO configuration, UnsatisfiedReferenceDTO missing) {
    return Arrays.stream(configuration.description.references)
        .filter(reference -> reference.name.equals(missing.name))
        .map(reference -> reference.interfaceName)
        .findFirst()
        .orElse(missing.name);
  }
}
