package org.cloudcrowd.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/**
 * The worker process: a container of the bundles that the file {@code bundles} in its current
 * directory lists. Its one argument is the name of the action, so that lists of processes show it.
 */
public final class WorkerMain {
  private WorkerMain() {}

  /** Runs until the framework stops, or the node closes standard input. */
  public static void main(String[] arguments) throws Exception {
    // Standard output is the protocol with the node; printed text must not enter it.
    System.setOut(System.err);
    // The messages are for programs, whatever the language of the user.
    Locale.setDefault(Locale.ENGLISH);
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    Path.of("container").toAbsolutePath().toString(),
                    "felix.cache.locking",
                    "false",
                    "felix.log.level",
                    "1",
                    "ds.factory.enabled",
                    "false"));
    framework.init();
    var bundles = new ArrayList<Bundle>();
    for (String file : Files.readAllLines(Path.of("bundles"))) {
      bundles.add(framework.getBundleContext().installBundle("reference:" + Path.of(file).toUri()));
    }
    framework.start();
    for (Bundle bundle : bundles) {
      bundle.start();
    }
    framework.waitForStop(0);
  }
}
