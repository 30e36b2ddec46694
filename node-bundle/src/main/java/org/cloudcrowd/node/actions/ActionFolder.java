package org.cloudcrowd.node.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.cloudcrowd.node.NodeConfiguration;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Has File Install watch the folder of actions.
 *
 * <p>The node does so, and not a file in {@code etc/}, because a container without a node must
 * never install an action.
 */
@Component(
    service = ActionFolder.class,
    configurationPid = NodeConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ActionFolder {
  private static final String FILE_INSTALL = "org.apache.felix.fileinstall";
  private static final String POLL_MILLIS = "500";

  private final BundleContext context;
  private final InstalledActions actions;
  private final Path directory;
  private final Configuration watch;

  /** Begins to watch the folder, which is made where it is missing. */
  @Activate
  public ActionFolder(
      NodeConfiguration configuration,
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference InstalledActions actions)
      throws IOException {
    this.context = context;
    this.actions = actions;
    directory = Files.createDirectories(Path.of(configuration.actions__directory())).toRealPath();
    watch = configurations.getFactoryConfiguration(FILE_INSTALL, "actions", "?");
    watch.update(
        FrameworkUtil.asDictionary(
            Map.of(
                "felix.fileinstall.dir", directory.toString(),
                "felix.fileinstall.poll", POLL_MILLIS,
                "felix.fileinstall.noInitialDelay", "true",
                "felix.fileinstall.bundles.startTransient", "true",
                "felix.fileinstall.bundles.startActivationPolicy", "true",
                "felix.fileinstall.log.level", "2",
                "felix.fileinstall.tmpdir",
                    Path.of(configuration.directory(), "deploying").toString())));
  }

  /** Stops watching; what is installed goes with the configuration. */
  @Deactivate
  public void close() throws IOException {
    watch.delete();
  }

  /** A bundle is active some moments before its components are services. */
  private static boolean hasItsServices(Bundle bundle) {
    var components = bundle.getHeaders().get("Service-Component");
    var services = bundle.getRegisteredServices();
    return components == null
        || (services != null && services.length >= components.split(",", -1).length);
  }

  /** Whether the actions of every bundle that lies in the folder are known. */
  public boolean isSettled() {
    try (var jars = Files.newDirectoryStream(directory, "*.jar")) {
      var installed = Arrays.asList(context.getBundles());
      for (Path jar : jars) {
        // As File Install writes it, with one slash.
        var location = jar.toFile().toURI().toString();
        if (installed.stream()
            .noneMatch(
                bundle ->
                    bundle.getLocation().endsWith(location)
                        && (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0
                        && hasItsServices(bundle)
                        && actions.knowsThoseOf(bundle))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
