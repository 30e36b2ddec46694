package org.cloudcrowd.action.magick;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudcrowd.action.ActionFailure;

/**
 * The formats of pictures that are read and written. GraphicsMagick knows many more, some of which
 * are programs for it: it is always told which of these a file has.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are List.of
public enum Format {
  /** As cameras write them. */
  JPEG(List.of("jpg", "jpeg"), "\u00ff\u00d8\u00ff"),
  /** Without loss. */
  PNG(List.of("png"), "\u0089PNG\r\n\u001a\n"),
  /** Of few colours. */
  GIF(List.of("gif"), "GIF87a", "GIF89a"),
  /** As scanners write them. */
  TIFF(List.of("tif", "tiff"), "II*\0", "MM\0*"),
  /** Of Windows. */
  BMP(List.of("bmp"), "BM"),
  /** Of the web. */
  WEBP(List.of("webp"), "RIFF"),
  /** Pages; Ghostscript draws them. */
  PDF(List.of("pdf"), "%PDF-");

  private static final int LONGEST_START = 8;

  private final List<String> extensions;
  private final List<String> starts;

  Format(List<String> extensions, String... starts) {
    this.extensions = extensions;
    this.starts = List.of(starts);
  }

  /**
   * The format of a picture, by how it begins; its name says nothing.
   *
   * @throws ActionFailure if it is none that is read
   */
  public static Format of(Path file) {
    String start;
    try (var in = Files.newInputStream(file)) {
      start = new String(in.readNBytes(LONGEST_START), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new ActionFailure("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
    }
    return Arrays.stream(values())
        .filter(format -> format.starts.stream().anyMatch(start::startsWith))
        .findFirst()
        .orElseThrow(
            () ->
                new ActionFailure(
                    file.getFileName()
                        + " is no picture of a format that is read: "
                        + Arrays.stream(values())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * The format of an extension.
   *
   * @throws ActionFailure if there is none that is written
   */
  public static Format ofExtension(String extension) {
    Optional<Format> format =
        Arrays.stream(values())
            .filter(one -> one != PDF)
            .filter(one -> one.extensions.contains(extension.toLowerCase(Locale.ROOT)))
            .findFirst();
    return format.orElseThrow(
        () ->
            new ActionFailure(
                "extension must be one of "
                    + Arrays.stream(values())
                        .filter(one -> one != PDF)
                        .flatMap(one -> one.extensions.stream())
                        .collect(Collectors.joining(", "))
                    + ", and is '"
                    + extension
                    + "'"));
  }
}
