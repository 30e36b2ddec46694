package org.cloudcrowd.assets;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An input that is fetched before its action begins: a URL as text, or an object of a {@code url}
 * and the {@code sha256} that what lies there must have.
 *
 * @param url the URL
 * @param sha256 the checksum in 64 hexadecimal digits, or null where any will do
 */
public record InputSource(String url, String sha256) {
  /** A drive letter is no scheme. */
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);

  private static final Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Set<String> KEYS = Set.of("url", "sha256");

  /**
   * Checks the checksum.
   *
   * @throws IllegalArgumentException if it is invalid; the message is for the client
   */
  public InputSource {
    if (sha256 != null && !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "a sha256 has 64 hexadecimal digits, and '" + sha256 + "' has not");
    }
  }

  /** An input without a checksum. */
  public InputSource(String url) {
    this(url, null);
  }

  /**
   * The source that an input names, if it names one.
   *
   * @param input an input as plain values: text, numbers, lists, maps
   * @return empty where the input is to be taken as it is: text without a scheme of two letters or
   *     more followed by {@code :/}, and everything but text and an object of these keys alone
   * @throws IllegalArgumentException if it has a checksum that is none
   */
  public static Optional<InputSource> of(Object input) {
    if (input instanceof String text) {
      return isUrl(text) ? Optional.of(new InputSource(text)) : Optional.empty();
    }
    if (input instanceof Map<?, ?> map
        && KEYS.containsAll(map.keySet())
        && map.get("url") instanceof String url
        && isUrl(url)) {
      var sha256 = map.get("sha256");
      return Optional.of(new InputSource(url, sha256 == null ? null : String.valueOf(sha256)));
    }
    return Optional.empty();
  }

  private static boolean isUrl(String text) {
    return URL.matcher(text).matches();
  }
}
