package org.cloudcrowd.itests.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A bundle from which others are made that differ in their manifest. */
public final class ActionBundle {
  private final Path jar;
  private final Manifest manifest;

  private ActionBundle(Path jar, Manifest manifest) {
    this.jar = jar;
    this.manifest = manifest;
  }

  /** Of a jar file. */
  public static ActionBundle of(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return new ActionBundle(jar, file.getManifest());
    }
  }

  /** The same with another value of a header. */
  public ActionBundle with(String header, String value) {
    var changed = new Manifest(manifest);
    changed.getMainAttributes().put(new Attributes.Name(header), value);
    return new ActionBundle(jar, changed);
  }

  /** The same in another version. */
  public ActionBundle withVersion(String version) {
    return with("Bundle-Version", version);
  }

  private byte[] bytes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var in = new JarInputStream(Files.newInputStream(jar));
        var out = new JarOutputStream(bytes, manifest)) {
      for (var entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        out.putNextEntry(entry);
        in.transferTo(out);
      }
    }
    return bytes.toByteArray();
  }

  /** Copies it, as a person would who knows that a file that is copied is half there at first. */
  public void copyTo(Path file) throws IOException {
    var beside = file.resolveSibling("." + file.getFileName() + ".part");
    Files.write(beside, bytes());
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Copies the first half of it. */
  void copyHalfTo(Path file) throws IOException {
    var all = bytes();
    Files.write(file, Arrays.copyOf(all, all.length / 2));
  }
}
