package org.cloudcrowd.actionmodel;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.cloudcrowd.action.Action;
import org.osgi.framework.Constants;

/**
 * Programs as their authors write them (a folder, a zip, or an executable beside its manifest), and
 * the bundles that are made of them, with the files below {@value #FILES} and the manifest.
 */
public final class Programs {
  /** The folder of a program's files in its bundle. */
  public static final String FILES = "program/";

  /** The path of its manifest in its bundle. */
  public static final String MANIFEST = "CLOUDCROWD-INF/action.yaml";

  /** The header of a bundle that is a program. */
  public static final String HEADER = "CloudCrowd-Program";

  /** The suffix of the name of a manifest beside a single executable. */
  public static final String SINGLE = ProgramSource.SINGLE;

  private Programs() {}

  /** Whether a file or folder has the form of a program, valid or not. */
  public static boolean isOne(File file) {
    return ProgramSource.isOne(file);
  }

  /** Why it cannot be an action, a sentence; null where it can. */
  public static String problem(File program) {
    try {
      var unused = manifest(program);
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /**
   * Reads the manifest of a program.
   *
   * @throws IOException if it cannot be an action; the message says why
   */
  public static ProgramManifest manifest(File program) throws IOException {
    return ProgramSource.of(program).manifest();
  }

  /**
   * Writes the bundle of a program.
   *
   * @throws IOException if it cannot be an action, or cannot be written
   */
  public static void writeBundle(File program, OutputStream out) throws IOException {
    var source = ProgramSource.of(program);
    var manifest = source.manifest();
    try (var jar = new JarOutputStream(out, headers(manifest))) {
      jar.putNextEntry(new JarEntry(MANIFEST));
      jar.write(source.manifestBytes());
      for (String file : source.files(manifest)) {
        if (!file.equals(ProgramManifest.FILE)) {
          jar.putNextEntry(new JarEntry(FILES + file));
          source.copy(file, jar);
        }
      }
    }
  }

  static String symbolicName(ProgramManifest program) {
    return "org.cloudcrowd.program." + program.name();
  }

  static Manifest headers(ProgramManifest program) throws IOException {
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
