package org.cloudcrowd.action.transcodevideo;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * What becomes of a video.
 *
 * @param formats the videos or sounds that are made of it; none where it is not said
 * @param thumbnails the pictures that are taken of it; none where it is not said
 */
public record TranscodeVideoOptions(@Size(max = 20) List<Format> formats, Thumbnails thumbnails) {

  /** With what is usual in place of what is not said. */
  public TranscodeVideoOptions {
    formats = formats == null ? List.of() : formats;
  }

  /**
   * A video or a sound.
   *
   * @param name what it is called among the outputs, and in its file's name
   * @param extension the extension of the file, which says its format: {@code mp4}, {@code webm},
   *     {@code mkv}, {@code mov}, {@code mp3}, {@code m4a}, {@code ogg} or {@code wav}
   * @param width the largest width in pixels; the shape of the picture stays as it is
   * @param height the largest height in pixels
   * @param videoKilobits how many thousand bits a second of picture has
   * @param audioKilobits how many thousand bits a second of sound has
   * @param frameRate how many pictures a second has
   * @param start from which second on
   * @param duration how many seconds
   */
  public record Format(
      @NotNull @Pattern(regexp = "^[A-Za-z0-9_-]{1,100}$") String name,
      @NotNull @Pattern(regexp = "^(mp4|webm|mkv|mov|mp3|m4a|ogg|wav)$") String extension,
      @Min(16) @Max(7680) Integer width,
      @Min(16) @Max(4320) Integer height,
      @Min(10) @Max(200_000) Integer videoKilobits,
      @Min(8) @Max(512) Integer audioKilobits,
      @DecimalMin("1") @DecimalMax("120") Double frameRate,
      @DecimalMin("0") Double start,
      @DecimalMin("0.01") Double duration) {}

  /**
   * Pictures of a video, which are taken at even distances.
   *
   * @param count how many
   * @param width their largest width in pixels; 320 where it is not said
   * @param extension {@code jpg} or {@code png}; {@code jpg} where it is not said
   */
  public record Thumbnails(
      @NotNull @Min(1) @Max(200) Integer count,
      @Min(16) @Max(7680) Integer width,
      @Pattern(regexp = "^(jpg|png)$") String extension) {
    private static final int USUAL_WIDTH = 320;

    /** With what is usual in place of what is not said. */
    public Thumbnails {
      width = width == null ? Integer.valueOf(USUAL_WIDTH) : width;
      extension = extension == null ? "jpg" : extension;
    }
  }
}
