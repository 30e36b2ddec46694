package org.cloudcrowd.node.programs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.fileinstall.ArtifactTransformer;
import org.cloudcrowd.action.Action;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Component;

/**
 * Makes bundles of programs for File Install: the files as they are, below {@code program/}, and
 * the manifest, by which {@link ProgramBundles} knows them.
 */
@Component(service = ArtifactTransformer.class)
public final class ProgramTransformer implements ArtifactTransformer {
  /** Where the files of a program lie in its bundle. */
  static final String FILES = "program/";

  /** Where its manifest lies. */
  static final String MANIFEST = "CLOUDCROWD-INF/action.yaml";

  /** The header that says that a bundle is a program. */
  static final String HEADER = "CloudCrowd-Program";

  private static final Set<String> SKIPPED = Set.of(ProgramManifest.FILE);

  /** What is no program that could run is left alone, and told of as a problem of the folder. */
  @Override
  public boolean canHandle(File artifact) {
    if (!ProgramSource.isOne(artifact)) {
      return false;
    }
    try {
      return ProgramSource.of(artifact).manifest() != null;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public File transform(File artifact, File directory) throws IOException {
    var source = ProgramSource.of(artifact);
    var program = source.manifest();
    var bundle = new File(directory, artifact.getName() + ".program.jar");
    try (var jar = new JarOutputStream(Files.newOutputStream(bundle.toPath()), manifest(program))) {
      jar.putNextEntry(new JarEntry(MANIFEST));
      jar.write(source.manifestBytes());
      for (String file : source.files(program)) {
        if (!SKIPPED.contains(file)) {
          jar.putNextEntry(new JarEntry(FILES + file));
          source.copy(file, jar);
        }
      }
    }
    return bundle;
  }

  static String symbolicName(ProgramManifest program) {
    return "org.cloudcrowd.program." + program.name();
  }

  private static Manifest manifest(ProgramManifest program) throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName(program));
    main.putValue(Constants.BUNDLE_VERSION, program.version());
    main.putValue(Constants.BUNDLE_NAME, "Program " + program.name());
    if (program.description() != null) {
      // A header is one line.
      main.putValue(Constants.BUNDLE_DESCRIPTION, program.description().replaceAll("\\s+", " "));
    }
    main.putValue(HEADER, MANIFEST);
    main.putValue(
        Constants.PROVIDE_CAPABILITY,
        Action.NAMESPACE + ";" + Action.NAMESPACE + "=\"" + program.name() + "\"");
    if (program.requires() != null && !program.requires().isEmpty()) {
      main.putValue(Constants.REQUIRE_CAPABILITY, requirements(program.requires()));
    }
    return manifest;
  }

  private static String requirements(List<String> requires) throws IOException {
    var clauses = new ArrayList<String>();
    for (String requirement : requires) {
      clauses.add(ProgramRequirement.of(requirement).clause());
    }
    return String.join(",", clauses);
  }
}
