package org.cloudcrowd.node.programs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.cloudcrowd.actionmodel.ProgramManifest;
import org.cloudcrowd.actionmodel.Programs;
import org.osgi.service.component.annotations.Component;

/**
 * Watches executables that lie beside their manifests. File Install watches single files: where
 * such an executable changes, this changes the time of its manifest, so that File Install installs
 * both again.
 */
@Component(service = ArtifactInstaller.class)
public final class SingleProgramFiles implements ArtifactInstaller {

  @Override
  public boolean canHandle(File artifact) {
    return artifact.isFile() && manifestOf(artifact).isPresent();
  }

  private static Optional<Path> manifestOf(File artifact) {
    var beside =
        artifact
            .getParentFile()
            .listFiles(file -> file.getName().endsWith(Programs.SINGLE) && file.isFile());
    return beside == null
        ? Optional.empty()
        : Arrays.stream(beside)
            .map(File::toPath)
            .filter(manifest -> names(manifest, artifact.getName()))
            .findFirst();
  }

  private static boolean names(Path manifest, String file) {
    try {
      return ProgramManifest.read(Files.readAllBytes(manifest)).namedFiles().contains(file);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void install(File artifact) {
    // File Install takes up its manifest as soon as the executable exists.
  }

  @Override
  public void update(File artifact) throws IOException {
    touchManifestOf(artifact);
  }

  @Override
  public void uninstall(File artifact) throws IOException {
    touchManifestOf(artifact);
  }

  private static void touchManifestOf(File artifact) throws IOException {
    var manifest = manifestOf(artifact);
    if (manifest.isPresent()) {
      Files.setLastModifiedTime(manifest.get(), FileTime.from(Instant.now()));
    }
  }
}
