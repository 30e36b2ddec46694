package org.cloudcrowd.action.transcodevideo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;
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

  private static final List<String> INPUT =
      List.of(
          "-protocol_whitelist",
          "file",
          "-format_whitelist",
          FORMATS,
          "-max_pixels",
          Integer.toString(2 * 7680 * 4320));

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

  private final ActionContext context;
  private final Path video;

  Ffmpeg(ActionContext context, Path video) {
    this.context = context;
    this.video = video;
  }

  /** How many seconds it takes. */
  double duration() {
    var command = new ArrayList<>(List.of(PROBE, "-v", "error"));
    command.addAll(INPUT);
    command.addAll(List.of("-show_entries", "format=duration", "-of", "csv=p=0", "file:" + video));
    try {
      return Double.parseDouble(run(command).strip());
    } catch (NumberFormatException e) {
      throw new ActionFailure(video.getFileName() + " does not tell how long it takes", e);
    }
  }

  /** Makes a video or a sound. */
  void transcode(Format format, Path out) {
    var command = begin(format.start());
    if (format.duration() != null) {
      command.addAll(List.of("-t", shown(format.duration())));
    }
    // Neither subtitles nor data: what these are is told by the file alone.
    command.addAll(List.of("-sn", "-dn", "-map_metadata", "-1"));
    command.addAll(CODECS.get(format.extension()));
    if (format.width() != null || format.height() != null) {
      command.addAll(List.of("-vf", scale(format.width(), format.height())));
    }
    if (format.frameRate() != null) {
      command.addAll(List.of("-r", shown(format.frameRate())));
    }
    if (format.videoKilobits() != null) {
      command.addAll(List.of("-b:v", format.videoKilobits() + "k"));
    }
    if (format.audioKilobits() != null) {
      command.addAll(List.of("-b:a", format.audioKilobits() + "k"));
    }
    command.add("file:" + out);
    run(command);
  }

  /** Takes a picture. */
  void picture(double second, Thumbnails thumbnails, Path out) {
    var command = begin(second);
    command.addAll(
        List.of(
            "-an",
            "-sn",
            "-dn",
            "-frames:v",
            "1",
            "-vf",
            scale(thumbnails.width(), null),
            "file:" + out));
    run(command);
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

  /** Smaller where it is larger, in the same shape, and with even sides, which most codecs want. */
  private static String scale(Integer width, Integer height) {
    return "scale=w='min(iw,"
        + (width == null ? "iw" : width)
        + ")':h='min(ih,"
        + (height == null ? "ih" : height)
        + ")':force_original_aspect_ratio=decrease:force_divisible_by=2";
  }

  private static String shown(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }

  private String run(List<String> command) {
    try {
      return context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(video.getFileName() + ": " + reason(e), e);
    }
  }

  /** What it says, without where its files lie. */
  private static String reason(CommandFailure e) {
    var said = e.output().replaceAll("(file:)?/\\S*/", "").strip();
    return said.isEmpty() ? e.getMessage() : said;
  }
}
