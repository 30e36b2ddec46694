package org.cloudcrowd.node.actions;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bundles whose files are gone and which File Install no longer tracks: that happens where a file
 * is removed while its watch is configured anew. Their actions would still be advertised, and fail.
 */
final class OrphanBundles {
  private static final Logger log = LoggerFactory.getLogger(OrphanBundles.class);

  private final BundleContext context;
  private final String directory;
  private Set<Long> without = Set.of();

  OrphanBundles(BundleContext context, Path directory) {
    this.context = context;
    // With one slash, as File Install writes locations.
    this.directory = directory.toFile().toURI().toString();
  }

  /**
   * Uninstalls the bundles that had no file at the previous call either: File Install may need a
   * moment.
   */
  void remove() {
    var now = new HashSet<Long>();
    for (Bundle bundle : context.getBundles()) {
      if (hasNoFile(bundle)) {
        now.add(bundle.getBundleId());
        if (without.contains(bundle.getBundleId())) {
          uninstall(bundle);
        }
      }
    }
    without = now;
  }

  private boolean hasNoFile(Bundle bundle) {
    int at = bundle.getLocation().indexOf(directory);
    try {
      return at >= 0 && !new File(URI.create(bundle.getLocation().substring(at))).exists();
    } catch (IllegalArgumentException e) {
      log.debug("The location {} names no file", bundle.getLocation(), e);
      return false;
    }
  }

  private static void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
      log.info(
          "The bundle {} {} is removed: its file is gone",
          bundle.getSymbolicName(),
          bundle.getVersion());
    } catch (BundleException | IllegalStateException e) {
      log.debug("Somebody else has removed the bundle {}", bundle, e);
    }
  }
}
