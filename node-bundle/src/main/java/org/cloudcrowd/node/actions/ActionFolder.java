package org.cloudcrowd.node.actions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.programs.Programs;
import org.cloudcrowd.protocol.server.FileProblem;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger log = LoggerFactory.getLogger(ActionFolder.class);

  /** As many and as long as a server takes. */
  private static final int MAX_PROBLEMS = 100;

  private static final int MAX_PROBLEM = 2000;

  private final InstalledActions actions;
  private final FolderProblems problems;
  private final DuplicateArtifacts duplicates;
  private final NodeCapabilities capabilities;
  private final Set<File> setAside = new HashSet<>();
  private final Path directory;
  private final Configuration watch;
  private List<FileProblem> known = List.of();

  /** Begins to watch the folder, which is made where it is missing. */
  @Activate
  public ActionFolder(
      NodeConfiguration configuration,
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference InstalledActions actions,
      @Reference DuplicateArtifacts duplicates,
      @Reference NodeCapabilities capabilities)
      throws IOException {
    problems = new FolderProblems(context, actions, duplicates, capabilities);
    this.actions = actions;
    this.duplicates = duplicates;
    this.capabilities = capabilities;
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
                "felix.fileinstall.log.level", "1",
                "felix.fileinstall.tmpdir",
                    Path.of(configuration.directory(), "deploying").toString())));
  }

  /** Stops watching; what is installed goes with the configuration. */
  @Deactivate
  public void close() throws IOException {
    watch.delete();
  }

  /** Whether the actions of every bundle that lies in the folder are known. */
  public boolean isSettled() {
    var bundles = artifacts().stream().filter(this::isToBeInstalled).map(problems::bundle).toList();
    return bundles.stream().allMatch(bundle -> bundle != null)
        && capabilities.isSettled()
        && bundles.stream().allMatch(bundle -> problems.isUnresolvable(bundle) || isInUse(bundle));
  }

  private boolean isInUse(Bundle bundle) {
    return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0
        && FolderProblems.hasItsServices(bundle)
        && actions.knowsThoseOf(bundle);
  }

  /** What never will be is not waited for. */
  private boolean isToBeInstalled(File artifact) {
    return Programs.isOne(artifact)
        ? Programs.problem(artifact) == null && !duplicates.canHandle(artifact)
        : artifact.getName().endsWith(".jar") && !duplicates.canHandle(artifact);
  }

  /** What keeps files in the folder from being actions. What is new is logged. */
  public synchronized List<FileProblem> problems() {
    var artifacts = artifacts();
    takeUpAgain(artifacts);
    var now = problems.of(artifacts);
    now.stream()
        .filter(problem -> !known.contains(problem))
        .forEach(problem -> log.warn("In {}: {}", directory, problem.sentence()));
    known = now;
    return now.stream().limit(MAX_PROBLEMS).map(ActionFolder::cut).toList();
  }

  /**
   * A file that was set aside as a duplicate, and is none any more, is made to look changed, until
   * File Install takes it up: that forgets it first, and installs it then.
   */
  private void takeUpAgain(List<File> artifacts) {
    for (File artifact : artifacts) {
      if (duplicates.canHandle(artifact)) {
        setAside.add(artifact);
      } else if (setAside.contains(artifact)
          && (problems.bundle(artifact) != null || !artifact.setLastModified(nowMillis()))) {
        setAside.remove(artifact);
      }
    }
    setAside.retainAll(artifacts);
  }

  private static long nowMillis() {
    return Instant.now().toEpochMilli();
  }

  private static FileProblem cut(FileProblem problem) {
    var text = problem.problem();
    return text.length() <= MAX_PROBLEM
        ? problem
        : new FileProblem(problem.file(), problem.actions(), text.substring(0, MAX_PROBLEM));
  }

  /**
   * Bundles, programs, and what looks like them; not those that are hidden, as File Install takes
   * them.
   */
  private List<File> artifacts() {
    var artifacts =
        directory
            .toFile()
            .listFiles(file -> !file.isHidden() && (file.isDirectory() || isArtifact(file)));
    return artifacts == null ? List.of() : Arrays.stream(artifacts).sorted().toList();
  }

  private static boolean isArtifact(File file) {
    var name = file.getName();
    return name.endsWith(".jar") || name.endsWith(".zip") || Programs.isOne(file);
  }
}
