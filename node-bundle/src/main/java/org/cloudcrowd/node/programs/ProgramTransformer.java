package org.cloudcrowd.node.programs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.felix.fileinstall.ArtifactTransformer;
import org.cloudcrowd.actionmodel.Programs;
import org.osgi.service.component.annotations.Component;

/** Makes bundles of programs for File Install. */
@Component(service = ArtifactTransformer.class)
public final class ProgramTransformer implements ArtifactTransformer {

  /** A file that is not a program is left alone; it is reported as a problem of the folder. */
  @Override
  public boolean canHandle(File artifact) {
    return Programs.isOne(artifact) && Programs.problem(artifact) == null;
  }

  @Override
  public File transform(File artifact, File directory) throws IOException {
    var bundle = new File(directory, artifact.getName() + ".program.jar");
    try (var out = Files.newOutputStream(bundle.toPath())) {
      Programs.writeBundle(artifact, out);
    }
    return bundle;
  }
}
