package org.cloudcrowd.node.actions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.protocol.node.Trial;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries bundles: installs a bundle that has the headers alone, resolves it as the real one would
 * be, and uninstalls it. It is never started. May be used by any number of threads.
 */
@Component(service = Trials.class)
public final class Trials {
  private static final Logger log = LoggerFactory.getLogger(Trials.class);

  /** Headers that would have a bundle without content do more than resolve. */
  private static final Set<String> LEFT_OUT =
      Set.of("Bundle-Activator", "Bundle-ClassPath", "Service-Component", "CloudCrowd-Program");

  private final BundleContext context;
  private final FrameworkWiring wiring;
  private final InstalledActions actions;
  private final NodeCapabilities capabilities;
  private final UnmetRequirements requirements;

  @Activate
  public Trials(
      BundleContext context,
      @Reference InstalledActions actions,
      @Reference NodeCapabilities capabilities) {
    this.context = context;
    this.actions = actions;
    this.capabilities = capabilities;
    wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    requirements = new UnmetRequirements(context, capabilities);
  }

  /** Tries a bundle. */
  public synchronized Trial.Outcome tryOut(Trial trial) {
    Bundle bundle;
    try {
      bundle =
          context.installBundle(
              "cloudcrowd-trial:" + UUID.randomUUID(),
              new ByteArrayInputStream(withoutContent(trial.headers())));
    } catch (IOException | BundleException e) {
      return new Trial.Outcome("it cannot be installed: " + e.getMessage(), List.of());
    }
    try {
      return outcome(bundle);
    } finally {
      remove(bundle);
    }
  }

  private Trial.Outcome outcome(Bundle bundle) {
    capabilities.lookNow();
    var rivals = rivals(bundle);
    if (!rivals.isEmpty()) {
      return new Trial.Outcome(String.join("; ", rivals), List.of());
    }
    if (!wiring.resolveBundles(List.of(bundle))) {
      var missing = requirements.of(bundle);
      return new Trial.Outcome(
          missing.isEmpty()
              ? "it does not resolve beside what is installed"
              : "it needs " + String.join("; it needs ", missing),
          List.of());
    }
    return new Trial.Outcome(null, changes(bundle));
  }

  private List<String> rivals(Bundle bundle) {
    var rivals = new ArrayList<String>();
    for (String name : UnmetRequirements.provided(bundle, Action.NAMESPACE)) {
      var there = actions.find(name, null);
      if (there != null && !there.bundle().getSymbolicName().equals(bundle.getSymbolicName())) {
        rivals.add(
            "the action '"
                + name
                + "' is brought by "
                + there.bundle().getSymbolicName()
                + " already");
      }
    }
    return rivals;
  }

  private List<String> changes(Bundle bundle) {
    var changes = new ArrayList<String>();
    for (String name : UnmetRequirements.provided(bundle, Action.NAMESPACE)) {
      var there = actions.find(name, null);
      if (there == null) {
        changes.add(name + " can be run");
      } else if (there.version().compareTo(bundle.getVersion()) < 0) {
        changes.add(
            name
                + " is run by "
                + bundle.getVersion()
                + " in place of "
                + there.version()
                + " where a job asks for no version");
      } else {
        changes.add(
            name
                + " "
                + bundle.getVersion()
                + " is run where a job asks for it; "
                + there.version()
                + " stays the highest");
      }
    }
    return changes;
  }

  private void remove(Bundle bundle) {
    try {
      bundle.uninstall();
      wiring.refreshBundles(List.of(bundle));
    } catch (BundleException e) {
      log.error("The trial of {} cannot be removed", bundle.getSymbolicName(), e);
    }
  }

  private static byte[] withoutContent(Map<String, String> headers) throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(
        (name, value) -> {
          if (!LEFT_OUT.contains(name)) {
            main.putValue(name, value);
          }
        });
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes, manifest)) {
      jar.finish();
    }
    return bytes.toByteArray();
  }
}
