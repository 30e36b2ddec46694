package org.cloudcrowd.node.actions;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.cloudcrowd.actionmodel.ActionFile;
import org.cloudcrowd.actionmodel.BundleIdentity;
import org.cloudcrowd.actionmodel.Programs;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps File Install from files whose bundle is installed from another file already: it would
 * replace the one by the other, and which of the two runs would depend on their order.
 *
 * <p>It ranks before every other listener, and ignores the files that it takes.
 */
@Component(
    service = {ArtifactInstaller.class, DuplicateArtifacts.class},
    property = Constants.SERVICE_RANKING + ":Integer=" + Integer.MAX_VALUE)
public final class DuplicateArtifacts implements ArtifactInstaller {
  private static final String JAR = ".jar";

  private final BundleContext context;

  @Activate
  public DuplicateArtifacts(BundleContext context) {
    this.context = context;
  }

  @Override
  public boolean canHandle(File artifact) {
    return original(artifact).isPresent();
  }

  /** Finds the bundle of the same name and version that is installed from another file. */
  Optional<Bundle> original(File artifact) {
    return identity(artifact)
        .flatMap(
            identity ->
                Arrays.stream(context.getBundles())
                    .filter(bundle -> identity.equals(identity(bundle)))
                    .filter(bundle -> !isFrom(bundle, artifact))
                    .findFirst());
  }

  private static BundleIdentity identity(Bundle bundle) {
    return new BundleIdentity(bundle.getSymbolicName(), bundle.getVersion());
  }

  /** Empty where the file is not a bundle, or not one that could be installed. */
  private static Optional<BundleIdentity> identity(File artifact) {
    if (!artifact.getName().endsWith(JAR) && !Programs.isOne(artifact)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ActionFile.read(artifact).identity());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** File Install makes a jar of a folder, in another directory, before it calls this. */
  private static boolean isFrom(Bundle bundle, File artifact) {
    var parts = bundle.getLocation().split("/", -1);
    var last =
        parts[parts.length - 1].isEmpty() ? parts[parts.length - 2] : parts[parts.length - 1];
    var name = artifact.toURI().getRawPath().replaceAll(".*/(?=[^/]+/?$)|/$", "");
    return last.equals(name) || (last + JAR).equals(name);
  }

  @Override
  public void install(File artifact) {
    // It is told of as a problem of its folder.
  }

  @Override
  public void update(File artifact) {
    // As above.
  }

  @Override
  public void uninstall(File artifact) {
    // Nothing was installed.
  }
}
