package org.cloudcrowd.configuration.diagnosis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudcrowd.configuration.diagnosis.MissingComponent.Reason;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;
import org.osgi.service.metatype.MetaTypeService;

/** Finds our components that are not registered, and why. */
final class MissingComponents {
  private static final String OURS = "org.cloudcrowd.";

  /** The name of the reference of components of which only the configured one of a kind starts. */
  private static final String CHOSEN = "chosen";

  /** The framework property with the folder that etc lies in. */
  private static final String CONFIGURATION = "org.cloudcrowd.configuration";

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final MetaTypeService metatypes;

  MissingComponents(
      BundleContext context, ServiceComponentRuntime components, MetaTypeService metatypes) {
    this.context = context;
    this.components = components;
    this.metatypes = metatypes;
  }

  List<MissingComponent> find() {
    return components.getComponentDescriptionDTOs().stream()
        .filter(component -> component.name.startsWith(OURS))
        .flatMap(this::describe)
        .toList();
  }

  /** Whether etc has a file of that name. */
  boolean hasFile(String name) {
    var folder = context.getProperty(CONFIGURATION);
    return folder != null && Files.exists(Path.of(folder, "etc", name));
  }

  private Stream<MissingComponent> describe(ComponentDescriptionDTO component) {
    var configurations = components.getComponentConfigurationDTOs(component);
    if (configurations.isEmpty() && component.configurationPolicy.equals("require")) {
      return isOneOfMany(component)
              || Arrays.stream(component.references).anyMatch(this::isNotChosen)
          ? Stream.empty()
          : Stream.of(withoutConfiguration(component));
    }
    return configurations.stream()
        .filter(
            configuration ->
                configuration.state != ComponentConfigurationDTO.ACTIVE
                    && configuration.state != ComponentConfigurationDTO.SATISFIED)
        .filter(configuration -> !waitsToBeChosen(configuration))
        .map(this::describe);
  }

  private MissingComponent describe(ComponentConfigurationDTO configuration) {
    var component = configuration.description;
    return switch (configuration.state) {
      case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> withoutConfiguration(component);
      case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
          new MissingComponent(
              component.name,
              Reason.WAITS,
              "waits for " + missing(configuration),
              Set.of(component.serviceInterfaces),
              awaited(configuration));
      default -> failed(component, configuration.failure);
    };
  }

  /**
   * A component that has failed.
   *
   * @param trace why, or null where its state was read while it was being started again
   */
  static MissingComponent failed(ComponentDescriptionDTO component, String trace) {
    if (trace == null) {
      return part(component, Reason.WAITS, "is starting");
    }
    return Failure.isOfAnother(trace)
        ? part(component, Reason.BY_ANOTHER, "needs what has failed")
        : part(component, Reason.FAILED, "failed to start: " + Failure.reason(trace));
  }

  /** Whether it is a factory component, which may have no configuration. */
  private boolean isOneOfMany(ComponentDescriptionDTO component) {
    var bundle = context.getBundle(component.bundle.id);
    var definitions = bundle == null ? null : metatypes.getMetaTypeInformation(bundle);
    return definitions != null
        && List.of(definitions.getFactoryPids()).contains(component.configurationPid[0]);
  }

  private MissingComponent withoutConfiguration(ComponentDescriptionDTO component) {
    var pid = component.configurationPid[0];
    return hasFile(pid + ".cfg")
        ? part(component, Reason.WAITS, "waits until etc/" + pid + ".cfg has been read")
        : part(component, Reason.NO_FILE, "etc/" + pid + ".cfg");
  }

  private static MissingComponent part(
      ComponentDescriptionDTO component, Reason reason, String detail) {
    return new MissingComponent(
        component.name, reason, detail, Set.of(component.serviceInterfaces), Set.of());
  }

  private boolean isNotChosen(ReferenceDTO reference) {
    try {
      return reference.name.equals(CHOSEN)
          && context.getServiceReferences(reference.interfaceName, reference.target) == null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it waits only to be the configured one of its kind. */
  private static boolean waitsToBeChosen(ComponentConfigurationDTO configuration) {
    Predicate<UnsatisfiedReferenceDTO> toBeChosen = reference -> reference.name.equals(CHOSEN);
    return configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
        && Arrays.stream(configuration.unsatisfiedReferences).allMatch(toBeChosen);
  }

  private static Set<String> awaited(ComponentConfigurationDTO configuration) {
    return Arrays.stream(configuration.unsatisfiedReferences)
        .map(reference -> type(configuration, reference))
        .collect(Collectors.toUnmodifiableSet());
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
