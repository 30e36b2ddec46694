package org.cloudcrowd.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Finds what the installed bundles say of their configuration. */
record Metatypes(BundleContext bundles, MetaTypeService service) {

  /**
   * What a bundle says of a PID.
   *
   * @param bundle the bundle
   * @param pid the PID or factory PID
   * @param attributes its keys
   */
  record Definition(Bundle bundle, String pid, ObjectClassDefinition attributes) {

    /** The keys that had another name in an earlier version. */
    Optional<FormerKeys> formerKeys() {
      var resource = bundle.getEntry(FormerKeys.RESOURCE);
      if (resource == null) {
        return Optional.empty();
      }
      try (var list = resource.openStream()) {
        return Optional.of(new FormerKeys(pid, list));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What is said of a PID or factory PID; empty if no bundle says anything. */
  Optional<Definition> find(String pid) {
    return Arrays.stream(bundles.getBundles())
        .filter(bundle -> has(service.getMetaTypeInformation(bundle), pid))
        .findFirst()
        .map(
            bundle ->
                new Definition(
                    bundle,
                    pid,
                    service.getMetaTypeInformation(bundle).getObjectClassDefinition(pid, null)));
  }

  private static boolean has(MetaTypeInformation information, String pid) {
    return information != null
        && Stream.of(information.getPids(), information.getFactoryPids())
            .map(List::of)
            .anyMatch(pids -> pids.contains(pid));
  }
}
