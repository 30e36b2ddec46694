package org.cloudcrowd.node.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.protocol.server.FileProblem;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Has File Install watch the folder of actions, and that of the bundles that are deployed to the
 * cluster.
 *
 * <p>The node does so, and not a file in {@code etc/}, because a container without a node must
 * never install an action.
 */
@Component(
    service = ActionFolder.class,
    configurationPid = NodeConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ActionFolder {
  /** As many and as long as a server takes. */
  private static final int MAX_PROBLEMS = 100;

  private static final int MAX_PROBLEM = 2000;

  private final WatchedFolder dropped;
  private final WatchedFolder deployed;
  private final Path deployedDirectory;

  /** Begins to watch the folders, which are made where they are missing. */
  @Activate
  public ActionFolder(
      NodeConfiguration configuration,
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference InstalledActions actions,
      @Reference DuplicateArtifacts duplicates,
      @Reference NodeCapabilities capabilities)
      throws IOException {
    var directory = Path.of(configuration.directory()).toAbsolutePath();
    var problems = new FolderProblems(context, actions, duplicates, capabilities);
    deployedDirectory = Files.createDirectories(directory.resolve("deployed")).toRealPath();
    var droppedDirectory =
        Files.createDirectories(Path.of(configuration.actions__directory())).toRealPath();
    dropped =
        new WatchedFolder(
            droppedDirectory,
            actions,
            duplicates,
            capabilities,
            problems,
            new OrphanBundles(context, droppedDirectory));
    deployed =
        new WatchedFolder(
            deployedDirectory,
            actions,
            duplicates,
            capabilities,
            problems,
            new OrphanBundles(context, deployedDirectory));
    capabilities.lookAhead(Stream.concat(dropped.requirements(), deployed.requirements()).toList());
    dropped.open(configurations, "actions", directory.resolve("deploying"));
    deployed.open(configurations, "deployed", directory.resolve("deploying-deployed"));
  }

  /** Stops watching; what is installed goes with that. */
  @Deactivate
  public void close() throws IOException {
    dropped.close();
    deployed.close();
  }

  /** Where the bundles lie that are deployed to the cluster. */
  public Path deployedDirectory() {
    return deployedDirectory;
  }

  /** Whether the actions of a deployed file can be run. */
  public boolean isInUse(String deployedFile) {
    return deployed.isInUse(deployedFile);
  }

  /** Whether the actions of every bundle that lies in the folders are known. */
  public boolean isSettled() {
    return dropped.isSettled() && deployed.isSettled();
  }

  /** What keeps files in the folders from being actions. What is new is logged. */
  public List<FileProblem> problems() {
    return Stream.concat(dropped.problems().stream(), deployed.problems().stream())
        .limit(MAX_PROBLEMS)
        .map(ActionFolder::cut)
        .toList();
  }

  private static FileProblem cut(FileProblem problem) {
    var text = problem.problem();
    return text.length() <= MAX_PROBLEM
        ? problem
        : new FileProblem(problem.file(), problem.actions(), text.substring(0, MAX_PROBLEM));
  }
}
