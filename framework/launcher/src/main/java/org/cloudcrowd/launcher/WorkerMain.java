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
 * directory lists. Its one argument names the action, for whoever lists processes.
 */
public final class WorkerMain {
  private WorkerMain() {}

  /** Runs until the framework stops, or the node closes standard input. */
  public static void main(String[] arguments) throws Exception {
    // Standard output is the protocol with the node; what anybody prints must not break into it.
    System.setOut(System.err);
    // What is written here is for other programs, whatever the language of its user.
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
