package org.cloudcrowd.assets.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Names a downloaded file by its URL, as the original does, and with the letters of every script.
 */
final class DownloadName {
  private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_.-]+");

  /** A file system takes 255; files that are made of it have longer names. */
  private static final int MAX_BYTES = 200;

  private static final int MAX_EXTENSION_BYTES = 50;

  private DownloadName() {}

  /**
   * The last segment of the path, percent-decoded and composed (NFC), every run of characters but
   * letters, marks, digits, underscores, dots and hyphens turned into one {@code -}, and dots
   * before the extension turned into {@code -}; {@code input} where that leaves nothing.
   */
  static String of(URI url) {
    var path = url.getPath() == null ? "" : url.getPath();
    var segment =
        Normalizer.normalize(path.substring(path.lastIndexOf('/') + 1), Normalizer.Form.NFC);
    var name = UNSAFE.matcher(segment).replaceAll("-");
    int dot = name.lastIndexOf('.');
    var base = (dot < 0 ? name : name.substring(0, dot)).replace('.', '-');
    var extension = cut(dot < 0 ? "" : name.substring(dot), MAX_EXTENSION_BYTES);
    if (base.isEmpty() || extension.equals(".")) {
      return "input";
    }
    return cut(base, MAX_BYTES - bytes(extension)) + extension;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** As many whole characters as fit. */
  private static String cut(String text, int maxBytes) {
    int end = 0;
    for (int used = 0; end < text.length(); ) {
      int next = text.offsetByCodePoints(end, 1);
      used += bytes(text.substring(end, next));
      if (used > maxBytes) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }
}
