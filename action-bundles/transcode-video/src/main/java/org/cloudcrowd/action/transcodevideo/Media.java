package org.cloudcrowd.action.transcodevideo;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a file of pictures and sound says of itself.
 *
 * @param format the names of its format, as FFmpeg calls it
 * @param duration how many seconds it takes as a whole, where it says so
 * @param video its first stream of moving pictures, where it has any
 * @param hasCover whether it has a picture that does not move, as songs have
 * @param ends where its streams end by what they say, in seconds; a kind is missing that does not
 * @param kinds the kinds of streams that it has
 */
record Media(
    String format,
    OptionalDouble duration,
    Optional<Video> video,
    boolean hasCover,
    Map<Kind, Double> ends,
    Collection<Kind> kinds) {
  private static final Pattern LINE = Pattern.compile("(?m)^(?<key>[^=]+)=\"?(?<value>.*?)\"?$");
  private static final Pattern CLOCK = Pattern.compile("([0-9]+):([0-9]{2}):([0-9.]+)");
  private static final int MAX_STREAMS = 100;

  /** What a stream is of. */
  enum Kind {
    VIDEO,
    AUDIO;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Moving pictures, as they are to be shown: of square pixels, and upright.
   *
   * @param width how wide they are then, in pixels
   * @param height how high
   */
  record Video(double width, double height) {}

  /** What ffprobe has to show for {@link #of}. */
  static final String ENTRIES =
      "format=format_name,duration"
          + ":stream=index,codec_type,width,height,sample_aspect_ratio,duration"
          + ":stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=DURATION";

  /** Reads what ffprobe prints, in its form {@code flat}. */
  static Media of(String told) {
    var values =
        LINE.matcher(told)
            .results()
            .collect(
                Collectors.toMap(
                    line -> line.group(1), line -> line.group(2), (one, other) -> one));
    var streams =
        IntStream.range(0, MAX_STREAMS)
            .mapToObj(i -> new Stream(values, "streams.stream." + i + "."))
            .takeWhile(stream -> stream.type() != null)
            .toList();
    var ends = new EnumMap<Kind, Double>(Kind.class);
    var kinds = new LinkedHashSet<Kind>();
    for (Stream stream : streams) {
      if (stream.kind() != null) {
        kinds.add(stream.kind());
        stream.end().ifPresent(end -> ends.merge(stream.kind(), end, Math::max));
      }
    }
    return new Media(
        Objects.requireNonNullElse(values.get("format.format_name"), ""),
        number(values.get("format.duration")),
        streams.stream()
            .filter(stream -> stream.kind() == Kind.VIDEO)
            .findFirst()
            .map(Stream::video),
        streams.stream().anyMatch(Stream::isCover),
        ends,
        kinds);
  }

  private static OptionalDouble number(String text) {
    try {
      return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      // It says that it does not know.
      return OptionalDouble.empty();
    }
  }

  /** A stream among all that was told. */
  private record Stream(Map<String, String> values, String prefix) {
    private String value(String key) {
      return values.get(prefix + key);
    }

    private String type() {
      return value("codec_type");
    }

    private boolean isCover() {
      return "1".equals(value("disposition.attached_pic"));
    }

    private Kind kind() {
      if ("audio".equals(type())) {
        return Kind.AUDIO;
      }
      return "video".equals(type()) && !isCover() ? Kind.VIDEO : null;
    }

    private OptionalDouble end() {
      var told = number(value("duration"));
      if (told.isPresent() || value("tags.DURATION") == null) {
        return told;
      }
      var clock = CLOCK.matcher(value("tags.DURATION"));
      return clock.lookingAt()
          ? OptionalDouble.of(
              Integer.parseInt(clock.group(1)) * 3600
                  + Integer.parseInt(clock.group(2)) * 60
                  + Double.parseDouble(clock.group(3)))
          : OptionalDouble.empty();
    }

    private Video video() {
      double width = number(value("width")).orElse(0);
      double height = number(value("height")).orElse(0);
      var aspect = Objects.requireNonNullElse(value("sample_aspect_ratio"), "").split(":", 2);
      double across = number(aspect[0]).orElse(0);
      double down = aspect.length < 2 ? 0 : number(aspect[1]).orElse(0);
      double square = across > 0 && down > 0 ? across / down : 1;
      if (square > 1) {
        width *= square;
      } else {
        height /= square;
      }
      double rotation = number(value("side_data_list.side_data.0.rotation")).orElse(0);
      boolean lies = Math.abs(rotation) % 180 == 90;
      return lies ? new Video(height, width) : new Video(width, height);
    }
  }
}
