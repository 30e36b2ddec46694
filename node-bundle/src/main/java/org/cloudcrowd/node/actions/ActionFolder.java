package org.cloudcrowd.node.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.protocol.node.FileProblem;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Configures File Install to watch the folder of actions and the folder of deployed bundles.
 *
 * <p>The node does this, not a file in {@code etc/}, because a container without a node must never
 * install an action.
 */
@Component(service = ActionFolder.class)
public final class ActionFolder {
  /** The limits of a heartbeat. */
  private static final int MAX_PROBLEMS = 100;

  private static final int MAX_PROBLEM = 2000;

  private final WatchedFolder dropped;
  private final WatchedFolder deployed;
  private final Path deployedDirectory;

  @Activate
  public ActionFolder(
      @Reference NodeSettings settings,
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference InstalledActions actions,
      @Reference DuplicateArtifacts duplicates,
      @Reference NodeCapabilities capabilities)
      throws IOException {
    var configuration = settings.configuration();
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

  /** Stops watching, which uninstalls the bundles of the folders. */
  @Deactivate
  public void close() throws IOException {
    dropped.close();
    deployed.close();
  }

  /** The folder of the bundles that are deployed to the cluster. */
  public Path deployedDirectory() {
    return deployedDirectory;
  }

  /** Whether the actions of a deployed file can be run. */
  public boolean isInUse(String deployedFile) {
    return deployed.isInUse(deployedFile);
  }

  /** Whether the actions of every bundle in the folders are installed. */
  public boolean isSettled() {
    return dropped.isSettled() && deployed.isSettled();
  }

  /** The files in the folders that are not actions, with the reason. New ones are logged. */
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
