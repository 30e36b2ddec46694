package org.cloudcrowd.node.capabilities;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.cloudcrowd.action.RequiresLabel;
import org.cloudcrowd.action.RequiresTool;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Bundles without code, each of which provides one tool or label of this machine as a capability: a
 * change of one affects only the bundles that need it, and workers get them as any other bundle
 * that their action is wired to.
 */
final class CapabilityBundles {
  private static final Set<String> NAMESPACES =
      Set.of(RequiresTool.NAMESPACE, RequiresLabel.NAMESPACE);

  private final BundleContext context;
  private final FrameworkWiring wiring;
  private final Path directory;
  private final Map<Thing, Bundle> installed = new HashMap<>();
  private final Map<Thing, Version> versions = new HashMap<>();

  /**
   * A capability that is provided.
   *
   * @param namespace the namespace of the capability
   * @param name the value of its attribute of that name
   */
  record Thing(String namespace, String name) {
    private String symbolicName() {
      return namespace + "." + name;
    }
  }

  /**
   * Takes over what an earlier object has provided in this container, so that a changed
   * configuration does not refresh bundles whose needs are still met.
   */
  CapabilityBundles(BundleContext context, Path directory) throws IOException {
    this.context = context;
    this.directory = Files.createDirectories(directory);
    wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    var here = this.directory.toUri().toString();
    Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getLocation().startsWith(here))
        .forEach(this::takeOver);
  }

  private void takeOver(Bundle bundle) {
    bundle.adapt(BundleRevision.class).getDeclaredCapabilities(null).stream()
        .filter(capability -> NAMESPACES.contains(capability.getNamespace()))
        .forEach(
            capability -> {
              var namespace = capability.getNamespace();
              var thing = new Thing(namespace, (String) capability.getAttributes().get(namespace));
              installed.put(thing, bundle);
              versions.put(thing, bundle.getVersion());
            });
  }

  /** The versions of what is provided in a namespace, by name. */
  Map<String, Version> provided(String namespace) {
    return versions.entrySet().stream()
        .filter(thing -> thing.getKey().namespace().equals(namespace))
        .collect(Collectors.toUnmodifiableMap(thing -> thing.getKey().name(), Map.Entry::getValue));
  }

  /**
   * Provides these capabilities and no others. Bundles that are wired to another version of one are
   * refreshed.
   *
   * @throws IOException if a bundle cannot be written or installed
   */
  void provide(Map<Thing, Version> wanted) throws IOException {
    var changed = new ArrayList<Bundle>();
    try {
      for (Thing gone : List.copyOf(installed.keySet())) {
        if (!wanted.containsKey(gone)) {
          var bundle = installed.remove(gone);
          versions.remove(gone);
          bundle.uninstall();
          changed.add(bundle);
        }
      }
      for (var thing : wanted.entrySet()) {
        if (!thing.getValue().equals(versions.get(thing.getKey()))) {
          provide(thing.getKey(), thing.getValue(), changed);
        }
      }
    } catch (BundleException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (!changed.isEmpty()) {
        wiring.refreshBundles(changed);
      }
    }
  }

  /** Nothing is wired to a new bundle yet, so nothing is refreshed for it. */
  private void provide(Thing thing, Version version, List<Bundle> changed)
      throws IOException, BundleException {
    var file = directory.resolve(thing.symbolicName() + ".jar");
    write(thing, version, file);
    var bundle = context.getBundle(file.toUri().toString());
    if (bundle == null) {
      bundle = context.installBundle(file.toUri().toString());
      // It has nothing to run; whoever lists bundles sees that it is in use.
      bundle.start(Bundle.START_TRANSIENT);
    } else {
      bundle.update();
      changed.add(bundle);
    }
    installed.put(thing, bundle);
    versions.put(thing, version);
  }

  private static void write(Thing thing, Version version, Path file) throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, thing.symbolicName());
    main.putValue(Constants.BUNDLE_VERSION, version.toString());
    main.putValue(
        Constants.PROVIDE_CAPABILITY,
        thing.namespace()
            + ";"
            + thing.namespace()
            + "=\""
            + thing.name()
            + "\";version:Version=\""
            + version
            + "\"");
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var jar = new JarOutputStream(Files.newOutputStream(part), manifest)) {
      jar.finish();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
