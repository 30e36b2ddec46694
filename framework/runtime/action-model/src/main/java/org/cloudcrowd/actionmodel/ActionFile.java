package org.cloudcrowd.actionmodel;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.apache.felix.utils.manifest.Parser;
import org.cloudcrowd.action.Action;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * What the manifest of a bundle, or of a program, declares; read without running any of its code.
 *
 * @param identity its symbolic name and version
 * @param actions the names of the actions that it declares; those of a bundle whose author did not
 *     use {@code @ActionName} are missing
 * @param isProgram whether it is a program
 * @param headers the headers of its manifest
 */
public record ActionFile(
    BundleIdentity identity, List<String> actions, boolean isProgram, Map<String, String> headers) {

  /**
   * Reads a file, or the folder of a program.
   *
   * @throws IOException if it is neither a bundle nor a program that could be an action; the
   *     message says why
   */
  public static ActionFile read(File file) throws IOException {
    try {
      return readAny(file);
    } catch (RuntimeException e) {
      // Whatever exception the parser throws, the file is not an action.
      throw new IOException("it cannot be read: " + e.getMessage(), e);
    }
  }

  private static ActionFile readAny(File file) throws IOException {
    if (Programs.isOne(file)) {
      return of(Programs.headers(Programs.manifest(file)));
    }
    if (file.isDirectory() || file.getName().endsWith(".zip")) {
      throw new IOException("it has no action.yaml, so it is no program; a bundle is a jar");
    }
    return of(manifest(file));
  }

  private static Manifest manifest(File file) throws IOException {
    try (var jar = new JarFile(file)) {
      return jar.getManifest();
    } catch (IOException e) {
      throw new IOException("it is no whole jar file: " + e.getMessage(), e);
    }
  }

  private static ActionFile of(Manifest manifest) throws IOException {
    var name = manifest == null ? null : header(manifest, Constants.BUNDLE_SYMBOLICNAME);
    if (name == null) {
      throw new IOException(
          "it is no bundle: its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
    }
    try {
      return new ActionFile(
          new BundleIdentity(
              Parser.parseHeader(name)[0].getName(),
              Version.parseVersion(header(manifest, Constants.BUNDLE_VERSION))),
          actions(manifest),
          header(manifest, Programs.HEADER) != null,
          headers(manifest));
    } catch (IllegalArgumentException e) {
      throw new IOException("it is no bundle: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> headers(Manifest manifest) {
    return manifest.getMainAttributes().entrySet().stream()
        .collect(
            Collectors.toMap(
                header -> header.getKey().toString(), header -> header.getValue().toString()));
  }

  private static String header(Manifest manifest, String name) {
    return manifest.getMainAttributes().getValue(name);
  }

  private static List<String> actions(Manifest manifest) {
    return Arrays.stream(Parser.parseHeader(header(manifest, Constants.PROVIDE_CAPABILITY)))
        .filter(capability -> capability.getName().equals(Action.NAMESPACE))
        .map(capability -> capability.getAttribute(Action.NAMESPACE))
        .filter(Objects::nonNull)
        .toList();
  }
}
