package org.cloudcrowd.assets.fetch;

import java.net.URI;

/** The form of a URL in messages and logs. */
final class ShownUrl {
  private ShownUrl() {}

  /** Removes user-info and query, since either may have secrets. */
  static String of(URI url) {
    if (url.isOpaque()) {
      return url.getScheme() + ":…";
    }
    var shown = new StringBuilder();
    if (url.getScheme() != null) {
      shown.append(url.getScheme()).append(':');
    }
    if (url.getRawAuthority() != null) {
      var authority = url.getRawAuthority();
      shown.append("//").append(authority.substring(authority.lastIndexOf('@') + 1));
    } else if (url.getScheme() != null) {
      shown.append("//");
    }
    shown.append(url.getRawPath() == null ? "" : url.getRawPath());
    return shown.append(url.getRawQuery() == null ? "" : "?…").toString();
  }
}
