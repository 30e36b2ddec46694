package org.cloudcrowd.action.transcodevideo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;
import org.cloudcrowd.action.transcodevideo.Media.Kind;
import org.cloudcrowd.action.transcodevideo.TranscodeVideoOptions.Format;
import org.cloudcrowd.action.transcodevideo.TranscodeVideoOptions.Thumbnails;

/**
 * FFmpeg, with a video that may come from anywhere.
 *
 * <p>A playlist can name other files and addresses, and is a video to FFmpeg: so only formats are
 * read that hold what they show, and nothing but files. A picture may have as many pixels as one of
 * 8K, twice.
 */
final class Ffmpeg {
  static final String PROGRAM = "ffmpeg";
  static final String PROBE = "ffprobe";

  private static final String FORMATS =
      "aac,aiff,asf,avi,flac,flv,gif,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpeg,mpegts,"
          + "mpegvideo,ogg,rm,wav";

  private static final int MAX_PIXELS = 2 * 7680 * 4320;

  private static final List<String> INPUT =
      List.of(
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          FORMATS,
          "-max_pixels",
          Integer.toString(MAX_PIXELS));

  private static final Map<String, List<String>> CODECS =
      Map.of(
          "mp4",
              List.of(
                  "-c:v",
                  "libx264",
                  "-pix_fmt",
                  "yuv420p",
                  "-c:a",
                  "aac",
                  "-movflags",
                  "+faststart"),
          "mov", List.of("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"),
          "mkv", List.of("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"),
          "webm", List.of("-c:v", "libvpx-vp9", "-row-mt", "1", "-c:a", "libopus"),
          "mp3", List.of("-vn", "-c:a", "libmp3lame"),
          "m4a", List.of("-vn", "-c:a", "aac"),
          "ogg", List.of("-vn", "-c:a", "libvorbis"),
          "wav", List.of("-vn", "-c:a", "pcm_s16le"));

  /** These do not say how long they are; FFmpeg estimates it by their size. */
  private static final Set<String> ESTIMATED = Set.of("mp3", "aac", "mpeg", "mpegvideo", "mpegts");

  /** To encode takes about as long as it is on a slow machine, and this many times longer. */
  private static final long SLOWEST = 60;

  /** What it ends with, without a word, where SIGXCPU has told it to. */
  private static final int STOPPED = 255;

  private static final Duration LEAST = Duration.ofMinutes(10);

  private final ActionContext context;
  private final Path video;
  private Media media;
  private Map<Kind, Double> measured;

  Ffmpeg(ActionContext context, Path video) {
    this.context = context;
    this.video = video;
  }

  private Media media() {
    if (media == null) {
      media = probe(video);
    }
    return media;
  }

  private Media probe(Path file) {
    var command = new ArrayList<>(List.of(PROBE, "-v", "error"));
    command.addAll(INPUT);
    command.addAll(List.of("-show_entries", Media.ENTRIES, "-of", "flat", "file:" + file));
    return Media.of(run(command));
  }

  /** How many seconds it takes: what it says, or, where it does not, what it holds. */
  double duration() {
    return media().duration().orElseGet(() -> latest(measured(), List.of(Kind.values())));
  }

  /** Where the last packet of each kind ends, in seconds. */
  private Map<Kind, Double> measured() {
    if (measured == null) {
      measured = measure(video);
    }
    return measured;
  }

  private Map<Kind, Double> measure(Path file) {
    var packets = context.workDirectory().resolve("packets");
    var command =
        new ArrayList<>(List.of(PROGRAM, "-nostdin", "-hide_banner", "-loglevel", "error", "-y"));
    command.addAll(INPUT);
    command.addAll(
        List.of(
            "-i",
            "file:" + file,
            "-map",
            "0:V?",
            "-map",
            "0:a?",
            "-c",
            "copy",
            "-f",
            "framecrc",
            "file:" + packets));
    run(command);
    try {
      return Packets.ends(packets);
    } catch (IOException e) {
      throw new ActionFailure(video.getFileName() + " cannot be measured", e);
    }
  }

  private static double latest(Map<Kind, Double> ends, Collection<Kind> kinds) {
    return kinds.stream().mapToDouble(kind -> ends.getOrDefault(kind, 0.0)).max().orElse(0);
  }

  /** Where the streams of these kinds end, by what they say, or else by what they hold. */
  private double end(Collection<Kind> kinds) {
    boolean isTold = media().ends().keySet().containsAll(kinds);
    return isTold
        ? latest(media().ends(), kinds)
        : kinds.contains(Kind.VIDEO) && media().duration().isPresent() && kinds.size() > 1
            ? media().duration().getAsDouble()
            : latest(measured(), kinds);
  }

  /**
   * Makes a video or a sound.
   *
   * @throws ActionFailure if it cannot be made, or is not as long as it must be
   */
  void transcode(Format format, Path out) {
    var codecs = CODECS.get(format.extension());
    var kinds =
        media().kinds().stream()
            .filter(kind -> kind != Kind.VIDEO || !codecs.contains("-vn"))
            .toList();
    if (kinds.isEmpty()) {
      throw new ActionFailure(
          video.getFileName() + ": there is nothing in it for format " + format.name());
    }
    double start = format.start() == null ? 0 : format.start();
    double end = end(kinds);
    if (start > 0 && start >= end) {
      throw new ActionFailure(
          String.format(
              Locale.ROOT,
              "%s: format %s starts at %.1f s, and it ends at %.1f s",
              video.getFileName(),
              format.name(),
              start,
              end));
    }
    run(allowance(), transcoding(format, codecs, kinds, out));
    double expected =
        format.duration() == null ? end - start : Math.min(format.duration(), end - start);
    check(format, kinds, start, expected, out);
  }

  private List<String> transcoding(Format format, List<String> codecs, List<Kind> kinds, Path out) {
    var command = begin(format.start());
    if (format.duration() != null) {
      command.addAll(List.of("-t", shown(format.duration())));
    }
    // Neither subtitles nor data: what these are is told by the file alone.
    command.addAll(List.of("-sn", "-dn", "-map_metadata", "-1"));
    command.addAll(codecs);
    if (kinds.contains(Kind.VIDEO)) {
      command.addAll(List.of("-vf", scale(format.width(), format.height())));
    } else if (!codecs.contains("-vn")) {
      // A picture that does not move is no video.
      command.add("-vn");
    }
    if (format.frameRate() != null && kinds.contains(Kind.VIDEO)) {
      command.addAll(List.of("-r", shown(format.frameRate())));
    }
    if (format.videoKilobits() != null) {
      command.addAll(List.of("-b:v", format.videoKilobits() + "k"));
    }
    if (format.audioKilobits() != null) {
      command.addAll(List.of("-b:a", format.audioKilobits() + "k"));
    }
    command.add("file:" + out);
    return command;
  }

  /** FFmpeg succeeds where it has met the end of a file that is cut off. */
  private void check(Format format, List<Kind> kinds, double start, double expected, Path out) {
    var made = probe(out);
    for (Kind kind : kinds) {
      if (!made.kinds().contains(kind)) {
        throw new ActionFailure(
            video.getFileName() + ": no " + kind.word() + " came into format " + format.name());
      }
    }
    double length = made.duration().orElseGet(() -> latest(measure(out), kinds));
    double tolerance =
        0.5 + 0.02 * expected + 2 / (format.frameRate() == null ? 25 : format.frameRate());
    if (length >= expected - tolerance) {
      return;
    }
    double held = latest(measured(), kinds) - start;
    boolean isKnown = media().ends().keySet().containsAll(kinds);
    boolean isEstimated =
        Arrays.stream(media().format().split(",", -1)).anyMatch(ESTIMATED::contains);
    if (length >= held - tolerance && (isEstimated || !isKnown)) {
      return;
    }
    throw new ActionFailure(
        String.format(
            Locale.ROOT,
            "%s: it announces %.1f s, and %.1f s came into format %s; it is damaged or cut off",
            video.getFileName(),
            expected + start,
            length,
            format.name()));
  }

  /**
   * Takes pictures in the middle of as many parts of even length, since the ends are often black.
   * Where a part has none, since its sound is longer for example, it gets the last there is.
   *
   * @return as many as are asked for, or none where there is no picture at all
   */
  List<Path> pictures(Thumbnails thumbnails, Path folder, String name) throws IOException {
    var pictures = new ArrayList<Path>();
    Path last = null;
    for (int i = 0; i < thumbnails.count(); i++) {
      var file = folder.resolve(name + "_" + (i + 1) + "." + thumbnails.extension());
      if (media().video().isEmpty()) {
        last = last == null ? cover(thumbnails, file) : last;
      } else if (last == null) {
        double end = end(List.of(Kind.VIDEO));
        if (picture(end * (i + 0.5) / thumbnails.count(), thumbnails, file)) {
          pictures.add(file);
          continue;
        }
        last = lastPicture(end, thumbnails, file);
      }
      if (last == null) {
        return List.of();
      }
      if (!last.equals(file)) {
        Files.copy(last, file, StandardCopyOption.REPLACE_EXISTING);
      }
      pictures.add(file);
    }
    return pictures;
  }

  /** By the index of the file first, and where that has none, by reading all that comes before. */
  private boolean picture(double second, Thumbnails thumbnails, Path out) throws IOException {
    if (take(begin(second), List.of("-frames:v", "1"), thumbnails, out)) {
      return true;
    }
    var command = begin(null);
    command.addAll(List.of("-ss", shown(second)));
    return take(command, List.of("-frames:v", "1"), thumbnails, out);
  }

  private Path lastPicture(double end, Thumbnails thumbnails, Path out) throws IOException {
    return take(begin(Math.max(0, end - 2)), List.of("-update", "1"), thumbnails, out)
            || take(begin(null), List.of("-update", "1"), thumbnails, out)
        ? out
        : null;
  }

  private boolean take(List<String> command, List<String> which, Thumbnails thumbnails, Path out)
      throws IOException {
    command.addAll(List.of("-map", "0:V:0", "-an", "-sn", "-dn", "-q:v", "3"));
    command.addAll(which);
    command.addAll(List.of("-vf", scale(thumbnails.width(), null), "file:" + out));
    run(allowance(), command);
    return Files.exists(out) && Files.size(out) > 0;
  }

  private Path cover(Thumbnails thumbnails, Path out) throws IOException {
    if (!media().hasCover()) {
      return null;
    }
    var command = begin(null);
    command.addAll(
        List.of(
            "-map",
            "0:v:0",
            "-frames:v",
            "1",
            "-q:v",
            "3",
            "-vf",
            "scale=w='min(iw," + thumbnails.width() + ")':h=-2",
            "file:" + out));
    run(command);
    return Files.exists(out) && Files.size(out) > 0 ? out : null;
  }

  private List<String> begin(Double second) {
    var command =
        new ArrayList<>(
            List.of(PROGRAM, "-nostdin", "-hide_banner", "-loglevel", "error", "-stats", "-y"));
    command.addAll(INPUT);
    if (second != null) {
      command.addAll(List.of("-ss", shown(second)));
    }
    // One thread: the node runs as many units as it has processors.
    command.addAll(List.of("-i", "file:" + video, "-threads", "1"));
    return command;
  }

  /**
   * Smaller where it is larger, in the shape in which it is shown, of square pixels, and with even
   * sides, which most codecs want.
   */
  private String scale(Integer width, Integer height) {
    var shown = media().video().orElseThrow();
    if (!(shown.width() >= 1 && shown.height() >= 1)) {
      return "scale=w='trunc(iw*sar/2)*2':h='trunc(ih/2)*2',setsar=1";
    }
    double factor =
        Math.min(
            Math.min(1, Math.sqrt(MAX_PIXELS / (shown.width() * shown.height()))),
            Math.min(
                width == null ? 1 : width / shown.width(),
                height == null ? 1 : height / shown.height()));
    return "scale="
        + even(shown.width() * factor)
        + ":"
        + even(shown.height() * factor)
        + ",setsar=1";
  }

  private static long even(double side) {
    return Math.max(2, 2 * (long) Math.floor((side + 1e-9) / 2));
  }

  private static String shown(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }

  private Duration allowance() {
    var needed = Duration.ofSeconds((long) (SLOWEST * media().duration().orElse(0)));
    return needed.compareTo(LEAST) > 0 ? needed : LEAST;
  }

  private String run(List<String> command) {
    return run(LEAST, command);
  }

  private String run(Duration processorTime, List<String> command) {
    try {
      return context.run(processorTime, command);
    } catch (CommandFailure e) {
      throw new ActionFailure(video.getFileName() + ": " + reason(e), e);
    }
  }

  /** What it says, without where its files lie. */
  private static String reason(CommandFailure e) {
    var said = e.output().replaceAll("(file:)?/\\S*/", "").strip();
    if (said.isEmpty() && e.exitCode() == STOPPED) {
      return "it takes more processor time than a tool may (worker.tool_minutes)";
    }
    return said.isEmpty() ? e.getMessage() : said;
  }
}
