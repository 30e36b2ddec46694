package org.cloudcrowd.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Finds the Metatype definitions of the installed bundles. */
record Metatypes(BundleContext bundles, MetaTypeService service) {

  /**
   * The definition of a PID.
   *
   * @param bundle the bundle that has it
   * @param pid the PID or factory PID
   * @param attributes its keys
   */
  record Definition(Bundle bundle, String pid, ObjectClassDefinition attributes) {

    /** The keys that had another name in an earlier version. */
    FormerKeys formerKeys() throws IOException {
      var resource = bundle.getEntry(FormerKeys.RESOURCE);
      try (var list = resource == null ? InputStream.nullInputStream() : resource.openStream()) {
        return new FormerKeys(pid, list);
      }
    }
  }

  /** The definition of a PID or factory PID; empty if no bundle has one. */
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
