package org.cloudcrowd.node.actions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudcrowd.actionmodel.ActionFile;
import org.cloudcrowd.actionmodel.Programs;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.cloudcrowd.protocol.node.FileProblem;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that File Install watches, and the state of its files. */
final class WatchedFolder {
  private static final String FILE_INSTALL = "org.apache.felix.fileinstall";
  private static final String POLL_MILLIS = "200";

  private static final Logger log = LoggerFactory.getLogger(WatchedFolder.class);

  private final Path directory;
  private final InstalledActions actions;
  private final DuplicateArtifacts duplicates;
  private final NodeCapabilities capabilities;
  private final FolderProblems problems;
  private final OrphanBundles orphans;
  private final Set<File> ignored = new HashSet<>();
  private Configuration watch;
  private List<FileProblem> known = List.of();

  WatchedFolder(
      Path directory,
      InstalledActions actions,
      DuplicateArtifacts duplicates,
      NodeCapabilities capabilities,
      FolderProblems problems,
      OrphanBundles orphans) {
    this.directory = directory;
    this.actions = actions;
    this.duplicates = duplicates;
    this.capabilities = capabilities;
    this.problems = problems;
    this.orphans = orphans;
  }

  /**
   * Begins to watch.
   *
   * @param name the name of the watch
   * @param workspace the directory in which programs are made into bundles
   */
  void open(ConfigurationAdmin configurations, String name, Path workspace) throws IOException {
    watch = configurations.getFactoryConfiguration(FILE_INSTALL, name, "?");
    watch.update(
        FrameworkUtil.asDictionary(
            Map.of(
                "felix.fileinstall.dir", directory.toString(),
                "felix.fileinstall.poll", POLL_MILLIS,
                "felix.fileinstall.noInitialDelay", "true",
                "felix.fileinstall.bundles.startTransient", "true",
                "felix.fileinstall.bundles.startActivationPolicy", "true",
                "felix.fileinstall.log.level", "1",
                "felix.fileinstall.tmpdir", workspace.toString())));
  }

  /** Stops watching, which uninstalls the bundles of the folder. */
  void close() throws IOException {
    watch.delete();
  }

  /** The requirements of the files in the folder, as far as they can be read. */
  Stream<String> requirements() {
    return artifacts().stream().map(WatchedFolder::requirement).filter(Objects::nonNull);
  }

  private static String requirement(File artifact) {
    try {
      return ActionFile.read(artifact).headers().get(Constants.REQUIRE_CAPABILITY);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Whether the actions of every bundle in the folder are installed. A file that can never be an
   * action is not waited for.
   */
  boolean isSettled() {
    var bundles = artifacts().stream().filter(this::isToBeInstalled).map(problems::bundle).toList();
    return bundles.stream().allMatch(bundle -> bundle != null)
        && capabilities.isSettled()
        && bundles.stream().allMatch(bundle -> problems.isUnresolvable(bundle) || isInUse(bundle));
  }

  /** Whether the actions of a file of the folder can be run. */
  boolean isInUse(String file) {
    var bundle = problems.bundle(directory.resolve(file).toFile());
    return bundle != null && isInUse(bundle);
  }

  private boolean isInUse(Bundle bundle) {
    return (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0
        && FolderProblems.hasItsServices(bundle)
        && actions.knowsThoseOf(bundle);
  }

  private boolean isToBeInstalled(File artifact) {
    return Programs.isOne(artifact)
        ? Programs.problem(artifact) == null && !duplicates.canHandle(artifact)
        : artifact.getName().endsWith(".jar") && !duplicates.canHandle(artifact);
  }

  /** The files in the folder that are not actions, with the reason. New ones are logged. */
  synchronized List<FileProblem> problems() {
    var artifacts = artifacts();
    takeUpAgain(artifacts);
    orphans.remove();
    var now = problems.of(artifacts);
    now.stream()
        .filter(problem -> !known.contains(problem))
        .forEach(problem -> log.warn("In {}: {}", directory, problem.sentence()));
    known = now;
    return now;
  }

  /**
   * Changes the time of a file that was ignored as a duplicate and is none any more, until File
   * Install installs it: at the first change it only forgets the file.
   */
  private void takeUpAgain(List<File> artifacts) {
    for (File artifact : artifacts) {
      if (duplicates.canHandle(artifact)) {
        ignored.add(artifact);
      } else if (ignored.contains(artifact)
          && (problems.bundle(artifact) != null || !artifact.setLastModified(nowMillis()))) {
        ignored.remove(artifact);
      }
    }
    ignored.retainAll(artifacts);
  }

  private static long nowMillis() {
    return Instant.now().toEpochMilli();
  }

  /** Bundles, programs, and files that look like them; not hidden files, as with File Install. */
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
