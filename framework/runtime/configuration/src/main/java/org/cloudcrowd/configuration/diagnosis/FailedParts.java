package org.cloudcrowd.configuration.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cloudcrowd.configuration.diagnosis.MissingComponent.Reason;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Finds the parts of a container that will not start: files that etc lacks, bundles that do not
 * resolve, components that have failed. It may be called once every bundle has been started.
 *
 * <p>It is registered under a type of the JDK, because the launcher shares no class with any
 * bundle.
 */
@Component(property = "org.cloudcrowd.supplies=failed-parts")
public final class FailedParts implements Supplier<List<String>> {
  /**
   * The prefix of the locations of bundles that the launcher has installed; actions are installed
   * later.
   */
  private static final String OF_THE_ROLE = "reference:";

  /** The framework property with the names of the endpoints that the container opens. */
  private static final String ENDPOINTS = "org.cloudcrowd.endpoints";

  private final BundleContext context;
  private final MissingComponents missing;

  @Activate
  public FailedParts(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference MetaTypeService metatypes) {
    this.context = context;
    missing = new MissingComponents(context, components, metatypes);
  }

  /** A line for each cause. */
  @Override
  public List<String> get() {
    var lines = new ArrayList<String>();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED && bundle.getLocation().startsWith(OF_THE_ROLE)) {
        lines.add("bundle " + bundle.getSymbolicName() + " " + whyUnresolved(bundle));
      }
    }
    var parts = missing.find();
    parts.stream()
        .filter(part -> part.reason() == Reason.NO_FILE)
        .sorted(Comparator.comparing(MissingComponent::detail))
        .map(FailedParts::withoutFile)
        .forEach(lines::add);
    endpointsWithoutFile().forEach(lines::add);
    parts.stream()
        .filter(part -> part.reason() == Reason.FAILED)
        .map(MissingComponent::line)
        .forEach(lines::add);
    return lines;
  }

  private static String withoutFile(MissingComponent part) {
    return "there is no "
        + part.detail()
        + ", without which "
        + part.name()
        + " and what depends on it do not start";
  }

  private Stream<String> endpointsWithoutFile() {
    return Arrays.stream(Objects.requireNonNullElse(context.getProperty(ENDPOINTS), "").split(","))
        .filter(name -> !name.isBlank())
        .filter(name -> !missing.hasFile("org.cloudcrowd.endpoint-" + name + ".cfg"))
        .map(
            name ->
                "there is no etc/org.cloudcrowd.endpoint-"
                    + name
                    + ".cfg, without which the endpoint "
                    + name
                    + " does not open");
  }

  /** Only an attempt to start a bundle makes the framework report what it misses. */
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
}
