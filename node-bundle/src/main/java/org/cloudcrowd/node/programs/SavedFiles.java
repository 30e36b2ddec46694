package org.cloudcrowd.node.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stores what a program has put into its folder {@code save}, and names it in its output. */
final class SavedFiles {
  /** How an output names a file: an object with this key alone. */
  private static final String SAVED = "saved";

  private final Path folder;
  private final Storing store;

  /** Keeps a file beyond its attempt. */
  interface Storing {
    /** Gives its URL. */
    URI save(String name, Path file) throws IOException;
  }

  SavedFiles(Path folder, Storing store) {
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

  /** By their names; links are not followed, and folders not looked into. */
  private Map<String, URI> storeAll() throws IOException {
    var urls = new LinkedHashMap<String, URI>();
    try (var files = Files.list(folder)) {
      for (Path file :
          files
              .filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList()) {
        var name = file.getFileName().toString();
        urls.put(name, store.save(name, file));
      }
    }
    return urls;
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
