package org.cloudcrowd.assets.fetch;

import java.net.URI;
import java.util.regex.Pattern;

/** Names a downloaded file by its URL, as the original does. */
final class DownloadName {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.-]+");
  private static final int LONGEST = 200;

  private DownloadName() {}

  /**
   * The last segment of the path, percent-decoded, every run of characters outside {@code
   * [A-Za-z0-9_.-]} turned into one {@code -}, and dots before the extension turned into {@code -};
   * {@code input} where that leaves nothing.
   */
  static String of(URI url) {
    var path = url.getPath() == null ? "" : url.getPath();
    var name = UNSAFE.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceAll("-");
    int dot = name.lastIndexOf('.');
    var base = (dot < 0 ? name : name.substring(0, dot)).replace('.', '-');
    var extension = dot < 0 ? "" : name.substring(dot);
    if (base.isEmpty() || extension.equals(".")) {
      return "input";
    }
    int room = Math.max(1, LONGEST - extension.length());
    var whole = base.substring(0, Math.min(base.length(), room)) + extension;
    return whole.substring(0, Math.min(whole.length(), LONGEST));
  }
}
