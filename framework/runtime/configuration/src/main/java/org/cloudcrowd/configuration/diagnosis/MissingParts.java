package org.cloudcrowd.configuration.diagnosis;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cloudcrowd.configuration.diagnosis.MissingComponent.Reason;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Finds all missing parts: those of {@link FailedParts}, and the components that wait, with what
 * each waits for. It is registered under a type of the JDK, as that is.
 */
@Component(property = "org.cloudcrowd.supplies=missing-parts")
public final class MissingParts implements Supplier<List<String>> {
  private final FailedParts failed;
  private final MissingComponents missing;

  @Activate
  public MissingParts(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference MetaTypeService metatypes) {
    failed = new FailedParts(context, components, metatypes);
    missing = new MissingComponents(context, components, metatypes);
  }

  /**
   * A line for each missing part. A component that waits only for other missing ones has none,
   * unless they all wait for each other.
   */
  @Override
  public List<String> get() {
    var causes = failed.get();
    var parts = missing.find();
    var others = parts.stream().filter(part -> !part.waitsOnlyFor(parts)).toList();
    var waiting = causes.isEmpty() && others.isEmpty() ? parts : others;
    return Stream.concat(
            causes.stream(),
            waiting.stream()
                .filter(part -> part.reason() == Reason.WAITS)
                .map(MissingComponent::line))
        .toList();
  }
}
