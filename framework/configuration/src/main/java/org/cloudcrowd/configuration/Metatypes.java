package org.cloudcrowd.configuration;

import java.util.Arrays;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** Finds what the installed bundles say of their configuration. */
record Metatypes(BundleContext bundles, MetaTypeService service) {

  /** The definition of a PID or factory PID, or null if no bundle has one. */
  ObjectClassDefinition find(String pid) {
    return Arrays.stream(bundles.getBundles())
        .map(service::getMetaTypeInformation)
        .filter(
            information ->
                information != null
                    && Stream.concat(
                            Arrays.stream(information.getPids()),
                            Arrays.stream(information.getFactoryPids()))
                        .anyMatch(pid::equals))
        .map(information -> information.getObjectClassDefinition(pid, null))
        .findFirst()
        .orElse(null);
  }
}
