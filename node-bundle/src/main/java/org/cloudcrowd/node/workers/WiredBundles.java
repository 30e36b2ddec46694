package org.cloudcrowd.node.workers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Finds the bundles that an action needs in its worker: its own, and those that this container has
 * wired it to, transitively.
 */
final class WiredBundles {
  private static final String REFERENCE = "reference:";

  private final Set<Path> inEveryWorker;
  private final Path copies;

  /**
   * Leaves out the bundles that every worker has.
   *
   * @param inEveryWorker the files of those bundles
   * @param copies the directory for copies of the others: a file in the folder of actions may be
   *     replaced while a worker reads it
   */
  WiredBundles(Set<Path> inEveryWorker, Path copies) {
    this.inEveryWorker = inEveryWorker;
    this.copies = copies;
  }

  /**
   * The files of the bundles that a worker of this action needs beside those that every worker has.
   */
  List<Path> of(Bundle action) throws IOException {
    var found = new LinkedHashMap<Bundle, Path>();
    collect(action, found);
    return List.copyOf(found.values());
  }

  private void collect(Bundle bundle, Map<Bundle, Path> found) throws IOException {
    var file = file(bundle);
    if (bundle.getBundleId() == Constants.SYSTEM_BUNDLE_ID
        || found.containsKey(bundle)
        || inEveryWorker.contains(file)) {
      return;
    }
    found.put(bundle, copy(bundle, file));
    var wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      throw new IOException("the bundle " + bundle.getSymbolicName() + " is gone");
    }
    for (BundleWire wire : wiring.getRequiredWires(null)) {
      collect(wire.getProvider().getBundle(), found);
    }
  }

  private Path copy(Bundle bundle, Path file) throws IOException {
    var copy = copies.resolve(bundle.getBundleId() + "-" + bundle.getLastModified() + ".jar");
    if (!Files.exists(copy)) {
      Files.createDirectories(copies);
      var part = Files.createTempFile(copies, "copy", ".part");
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static Path file(Bundle bundle) {
    var location = bundle.getLocation();
    var url = location.startsWith(REFERENCE) ? location.substring(REFERENCE.length()) : location;
    return url.startsWith("file:") ? Path.of(URI.create(url)) : Path.of(url);
  }
}
