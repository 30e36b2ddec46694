package org.cloudcrowd.action.transcodevideo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.cloudcrowd.action.transcodevideo.Media.Kind;

/** The packets of a file, as FFmpeg's format {@code framecrc} lists them without decoding any. */
final class Packets {
  private static final Pattern TIME_BASE = Pattern.compile("#tb ([0-9]+): ([0-9]+)/([0-9]+)");
  private static final Pattern TYPE = Pattern.compile("#media_type ([0-9]+): (video|audio)");
  private static final Pattern PACKET =
      Pattern.compile("([0-9]+), *-?[0-9]+, *(-?[0-9]+), *([0-9]+),.*");

  private Packets() {}

  /** Where the last packet of each kind ends, in seconds; the list is removed. */
  static Map<Kind, Double> ends(Path list) throws IOException {
    var bases = new HashMap<String, Double>();
    var kinds = new HashMap<String, Kind>();
    var ends = new EnumMap<Kind, Double>(Kind.class);
    try (var lines = Files.lines(list)) {
      lines.forEach(
          line -> {
            var base = TIME_BASE.matcher(line);
            var type = TYPE.matcher(line);
            var packet = PACKET.matcher(line);
            if (base.matches()) {
              bases.put(
                  base.group(1),
                  Double.parseDouble(base.group(2)) / Double.parseDouble(base.group(3)));
            } else if (type.matches()) {
              kinds.put(type.group(1), Kind.valueOf(type.group(2).toUpperCase(Locale.ROOT)));
            } else if (packet.matches() && kinds.containsKey(packet.group(1))) {
              double end =
                  Double.parseDouble(packet.group(2)) + Double.parseDouble(packet.group(3));
              ends.merge(
                  kinds.get(packet.group(1)),
                  end * bases.getOrDefault(packet.group(1), 0.0),
                  Math::max);
            }
          });
    }
    Files.delete(list);
    return ends;
  }
}
