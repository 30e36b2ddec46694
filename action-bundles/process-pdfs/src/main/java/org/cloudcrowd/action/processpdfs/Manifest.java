package org.cloudcrowd.action.processpdfs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cloudcrowd.action.pdf.DocumentNames;
import org.cloudcrowd.action.pdf.Origin;

/** What says, in the archive, which input each document came from. */
final class Manifest {
  private Manifest() {}

  /**
   * As JSON.
   *
   * @param origins those of the documents, in the order of the job's inputs
   */
  static String of(List<Origin> origins, DocumentNames names) {
    return IntStream.range(0, origins.size())
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT,
                    "  {\"document\": %s, \"input\": %s, \"input_number\": %d, \"pages\": %d}",
                    quoted(names.of(origins.get(i))),
                    quoted(origins.get(i).input()),
                    i + 1,
                    origins.get(i).pages()))
        .collect(Collectors.joining(",\n", "{\"documents\": [\n", "\n]}\n"));
  }

  /** RFC 8259, section 7. */
  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
