package org.cloudcrowd.node.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores the files that a program has put into its folder {@code save}, and puts their URLs into
 * its output.
 */
final class SaveFolder {
  /** How an output names a file: an object with this key alone. */
  private static final String SAVED = "saved";

  /** The limit of files: each is a request to the asset store, and a URL in the output. */
  private static final int MAX_FILES = 10_000;

  private final Path folder;
  private final Storing store;

  /** Stores a file. */
  interface Storing {
    /** Stores a file and returns its URL. */
    URI save(String name, Path file) throws IOException;
  }

  SaveFolder(Path folder, Storing store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * The output with the URLs of the files that it names.
   *
   * @param output what the program printed, or null where it printed nothing: then its output is
   *     the list of the URLs of all files, or null where there are none
   * @throws IOException if it names a file that is not there, or one cannot be stored
   */
  JsonNode in(JsonNode output) throws IOException {
    var urls = storeAll();
    if (output != null) {
      return named(output, urls);
    }
    if (urls.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    var list = JsonNodeFactory.instance.arrayNode();
    urls.values().forEach(url -> list.add(url.toString()));
    return list;
  }

  /**
   * Stores the files; returns their URLs by their names. All are checked before the first is
   * stored.
   */
  private Map<String, URI> storeAll() throws IOException {
    var urls = new LinkedHashMap<String, URI>();
    for (Path file : checked()) {
      var name = file.getFileName().toString();
      try {
        urls.put(name, store.save(name, file));
      } catch (IllegalArgumentException e) {
        throw new IOException("./save has a file that cannot be stored: " + e.getMessage(), e);
      }
    }
    return urls;
  }

  private List<Path> checked() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("./save is no folder any more");
    }
    var files = new ArrayList<Path>();
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        check(entry);
        files.add(entry);
        if (files.size() > MAX_FILES) {
          throw new IOException(
              "./save has more than " + MAX_FILES + " files; pack them, as with tar");
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(null);
    return files;
  }

  private void check(Path entry) throws IOException {
    var name = entry.getFileName().toString();
    // The path has the bytes of the name; what was decoded from other bytes is another path.
    if (!entry.equals(folder.resolve(name))) {
      throw new IOException("./save has a file whose name is not UTF-8: " + name);
    }
    var attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory()) {
      throw new IOException(
          "./save has the folder '" + name + "'; only files are stored: pack it, as with tar");
    }
    if (attributes.isSymbolicLink()) {
      throw new IOException(
          "./save has the link '" + name + "'; links are not followed: copy the file");
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("./save has '" + name + "', which is no file");
    }
  }

  private static JsonNode named(JsonNode output, Map<String, URI> urls) throws IOException {
    if (output instanceof ArrayNode array) {
      var copy = JsonNodeFactory.instance.arrayNode();
      for (JsonNode element : array) {
        copy.add(named(element, urls));
      }
      return copy;
    }
    if (!(output instanceof ObjectNode object)) {
      return output;
    }
    if (object.size() == 1 && object.path(SAVED).isTextual()) {
      var name = object.get(SAVED).textValue();
      var url = urls.get(name);
      if (url == null) {
        throw new IOException(
            "its output names a saved file '" + name + "', which is not in ./save");
      }
      return TextNode.valueOf(url.toString());
    }
    var copy = JsonNodeFactory.instance.objectNode();
    for (var member : object.properties()) {
      copy.set(member.getKey(), named(member.getValue(), urls));
    }
    return copy;
  }
}
