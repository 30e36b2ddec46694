package org.cloudcrowd.node.actions;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.actionmodel.ActionFile;
import org.cloudcrowd.actionmodel.Programs;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.protocol.node.FileProblem;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out why files of a folder are not actions. */
final class FolderProblems {
  private static final Logger log = LoggerFactory.getLogger(FolderProblems.class);

  private final BundleContext context;
  private final InstalledActions actions;
  private final DuplicateArtifacts duplicates;
  private final UnmetRequirements requirements;

  /** When the bundles that did not resolve at the last look were modified, by their ids. */
  private final Map<Long, Long> unresolved = new HashMap<>();

  FolderProblems(
      BundleContext context,
      InstalledActions actions,
      DuplicateArtifacts duplicates,
      NodeCapabilities capabilities) {
    this.context = context;
    this.duplicates = duplicates;
    this.actions = actions;
    requirements = new UnmetRequirements(context, capabilities);
  }

  /** A problem for each file that is not an action. */
  List<FileProblem> of(List<File> artifacts) {
    var problems = new ArrayList<FileProblem>();
    for (File artifact : artifacts) {
      try {
        var problem = problem(artifact);
        if (problem != null) {
          problems.add(new FileProblem(artifact.getName(), actions(artifact), problem));
        }
      } catch (RuntimeException e) {
        // One that cannot be looked at says so, and keeps no other from being looked at.
        log.debug("{} cannot be looked at", artifact, e);
        problems.add(
            new FileProblem(artifact.getName(), List.of(), "it cannot be read: " + e.getMessage()));
      }
    }
    return problems;
  }

  /** The actions that a file declares; none where its manifest cannot be read. */
  private List<String> actions(File artifact) {
    var bundle = bundle(artifact);
    if (bundle != null) {
      return UnmetRequirements.provided(bundle, Action.NAMESPACE);
    }
    try {
      return ActionFile.read(artifact).actions();
    } catch (IOException e) {
      return List.of();
    }
  }

  private String problem(File artifact) {
    // A program that was right is installed still while it is wrong.
    var wrong = Programs.isOne(artifact) ? Programs.problem(artifact) : null;
    if (wrong != null) {
      return wrong;
    }
    var original = duplicates.original(artifact);
    if (original.isPresent()) {
      return "the bundle "
          + original.get().getSymbolicName()
          + " "
          + original.get().getVersion()
          + " is installed from another file already; give this one another version";
    }
    var bundle = bundle(artifact);
    if (bundle == null) {
      return whyNotInstalled(artifact);
    }
    if (bundle.getState() == Bundle.INSTALLED) {
      // One that has only just come, or is just being updated, may resolve in a moment.
      var before = unresolved.put(bundle.getBundleId(), bundle.getLastModified());
      return Objects.equals(before, bundle.getLastModified()) ? whyUnresolved(bundle) : null;
    }
    unresolved.remove(bundle.getBundleId());
    if (bundle.getState() != Bundle.ACTIVE || !hasItsServices(bundle)) {
      return null;
    }
    var problem =
        bringsAnAction(bundle)
            ? whyTaken(bundle)
            : "it brings no action; a component that implements Action, with @ActionName, is one";
    // The services of a bundle that was stopped meanwhile are gone for that reason.
    return bundle.getState() == Bundle.ACTIVE ? problem : null;
  }

  /** A sentence about an action of the bundle that another bundle provides already, or null. */
  private String whyTaken(Bundle bundle) {
    return actions.rivalsOf(bundle).entrySet().stream()
        .map(
            rival ->
                "the action '"
                    + rival.getKey()
                    + "' is brought by "
                    + rival.getValue().getSymbolicName()
                    + " already; take one of the two away")
        .findFirst()
        .orElse(null);
  }

  /** File Install writes the location of what it has installed with one slash. */
  Bundle bundle(File artifact) {
    var location = artifact.toURI().toString();
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getLocation().endsWith(location))
        .findFirst()
        .orElse(null);
  }

  /** Null where the file has only just arrived. */
  private static String whyNotInstalled(File artifact) {
    try {
      var unused = ActionFile.read(artifact);
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private String whyUnresolved(Bundle bundle) {
    var missing = requirements.of(bundle);
    return missing.isEmpty()
        ? "it does not resolve, though each of its requirements is provided"
        : "it needs " + String.join("; it needs ", missing);
  }

  /** Whether the bundle cannot resolve now, because something that it requires is missing. */
  boolean isUnresolvable(Bundle bundle) {
    return bundle.getState() == Bundle.INSTALLED && !requirements.of(bundle).isEmpty();
  }

  /** A bundle is active shortly before its components are registered. */
  static boolean hasItsServices(Bundle bundle) {
    var components = bundle.getHeaders().get("Service-Component");
    var services = bundle.getRegisteredServices();
    return components == null
        || components.isBlank()
        || (services != null && services.length >= components.split(",", -1).length);
  }

  private static boolean bringsAnAction(Bundle bundle) {
    var services = bundle.getRegisteredServices();
    return services != null
        && Arrays.stream(services).anyMatch(one -> one.getProperty(Action.NAME) != null);
  }
}
