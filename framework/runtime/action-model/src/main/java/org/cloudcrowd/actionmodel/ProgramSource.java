package org.cloudcrowd.actionmodel;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A program as its author wrote it: its manifest, and its files by their paths. */
abstract class ProgramSource {
  /** The suffix of the name of a manifest beside a single executable. */
  static final String SINGLE = ".action.yaml";

  /** The most files of a program, and their largest total size. */
  private static final int MAX_FILES = 10_000;

  private static final long MAX_BYTES = 1L << 30;

  /** Whether a file or folder has the form of a program, valid or not. */
  static boolean isOne(File file) {
    if (file.isDirectory()) {
      return new File(file, ProgramManifest.FILE).isFile();
    }
    if (file.getName().endsWith(SINGLE)) {
      return file.isFile();
    }
    if (!file.getName().endsWith(".zip") && !file.getName().endsWith(".jar")) {
      return false;
    }
    try (var zip = new ZipFile(file)) {
      return zip.getEntry(ProgramManifest.FILE) != null
          && zip.getEntry("META-INF/MANIFEST.MF") == null;
    } catch (IOException e) {
      return false;
    }
  }

  static ProgramSource of(File file) {
    if (file.isDirectory()) {
      return new Folder(file.toPath());
    }
    return file.getName().endsWith(SINGLE) ? new Single(file.toPath()) : new Zip(file);
  }

  /**
   * Its manifest.
   *
   * @throws IOException if its manifest is missing or invalid, or it lacks a file that the manifest
   *     names; the message is a sentence
   */
  final ProgramManifest manifest() throws IOException {
    ProgramManifest manifest;
    try {
      manifest = ProgramManifest.read(manifestBytes());
    } catch (ZipException e) {
      throw new IOException("it is no whole zip: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(manifestName() + ": " + e.getMessage(), e);
    }
    var files = files(manifest);
    for (String named : manifest.namedFiles()) {
      if (!files.contains(named)) {
        throw new IOException(manifestName() + ": there is no file ./" + named);
      }
    }
    return manifest;
  }

  /** The name of the manifest. */
  abstract String manifestName();

  abstract byte[] manifestBytes() throws IOException;

  /** The paths of its files. */
  abstract List<String> files(ProgramManifest manifest) throws IOException;

  abstract void copy(String file, OutputStream out) throws IOException;

  private static void checkSize(int files, long bytes) throws IOException {
    if (files > MAX_FILES || bytes > MAX_BYTES) {
      throw new IOException(
          "it has more than " + MAX_FILES + " files, or more than " + (MAX_BYTES >> 20) + " MiB");
    }
  }

  private static final class Folder extends ProgramSource {
    private final Path folder;

    private Folder(Path folder) {
      this.folder = folder;
    }

    @Override
    String manifestName() {
      return ProgramManifest.FILE;
    }

    @Override
    byte[] manifestBytes() throws IOException {
      return Files.readAllBytes(folder.resolve(ProgramManifest.FILE));
    }

    @Override
    List<String> files(ProgramManifest manifest) throws IOException {
      try (var all = Files.walk(folder)) {
        var files =
            all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
        long bytes = 0;
        for (Path file : files) {
          bytes += Files.size(file);
        }
        checkSize(files.size(), bytes);
        return files.stream()
            .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
            .sorted()
            .toList();
      }
    }

    @Override
    void copy(String file, OutputStream out) throws IOException {
      Files.copy(folder.resolve(file), out);
    }
  }

  private static final class Single extends ProgramSource {
    private final Path manifest;

    private Single(Path manifest) {
      this.manifest = manifest;
    }

    @Override
    String manifestName() {
      return manifest.getFileName().toString();
    }

    @Override
    byte[] manifestBytes() throws IOException {
      return Files.readAllBytes(manifest);
    }

    @Override
    List<String> files(ProgramManifest program) {
      return program.namedFiles().stream()
          .filter(name -> !name.contains("/"))
          .filter(name -> Files.isRegularFile(manifest.resolveSibling(name)))
          .toList();
    }

    @Override
    void copy(String file, OutputStream out) throws IOException {
      Files.copy(manifest.resolveSibling(file), out);
    }
  }

  private static final class Zip extends ProgramSource {
    private final File zip;

    private Zip(File zip) {
      this.zip = zip;
    }

    @Override
    String manifestName() {
      return ProgramManifest.FILE;
    }

    @Override
    byte[] manifestBytes() throws IOException {
      try (var file = new ZipFile(zip);
          var in = file.getInputStream(file.getEntry(ProgramManifest.FILE))) {
        return in.readAllBytes();
      }
    }

    @Override
    List<String> files(ProgramManifest manifest) throws IOException {
      try (var file = new ZipFile(zip)) {
        var names = new ArrayList<String>();
        long bytes = 0;
        for (ZipEntry entry : file.stream().toList()) {
          if (entry.isDirectory()) {
            continue;
          }
          var name = entry.getName();
          if (name.startsWith("/")
              || name.contains("\\")
              || List.of(name.split("/", -1)).contains("..")) {
            throw new IOException("it has an entry '" + name + "', which leads out of its folder");
          }
          names.add(name);
          bytes += Math.max(0, entry.getSize());
          checkSize(names.size(), bytes);
        }
        return names;
      }
    }

    @Override
    void copy(String name, OutputStream out) throws IOException {
      try (var file = new ZipFile(zip);
          var in = file.getInputStream(file.getEntry(name))) {
        in.transferTo(out);
      }
    }
  }
}
