package org.cloudcrowd.assets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/**
 * The media types of files, by which browsers show or play them.
 *
 * <p>The type depends on the name of a file only: its content never makes it an HTML page.
 */
public final class FileType {
  /** How many bytes of a text are examined. */
  public static final int HEAD_BYTES = 64 * 1024;

  /** The longest character of UTF-8 has four bytes; the head may end within one. */
  private static final int MAX_CUT = 3;

  private static final String ANY = "application/octet-stream";
  private static final Properties TYPES = read();

  private FileType() {}

  private static Properties read() {
    try (var types = FileType.class.getResourceAsStream("types.properties")) {
      var read = new Properties();
      read.load(types);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the charset of a file of this name is part of its type. */
  public static boolean isText(String name) {
    return byName(name).startsWith("text/");
  }

  /**
   * The type of a file.
   *
   * @param name its name
   * @param head its first {@link #HEAD_BYTES}, or all that it has; examined for texts only
   * @return the type that its name says, with the charset where it is a text in UTF-8
   */
  public static String of(String name, byte[] head) {
    var type = byName(name);
    return isText(name) && isUtf8(head) ? type + "; charset=utf-8" : type;
  }

  private static String byName(String name) {
    var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getProperty(extension, ANY);
  }

  private static boolean isUtf8(byte[] head) {
    var in = ByteBuffer.wrap(head);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var result = decoder.decode(in, CharBuffer.allocate(head.length), false);
    boolean isCut = head.length == HEAD_BYTES && in.remaining() <= MAX_CUT;
    return !result.isError() && (in.remaining() == 0 || isCut);
  }
}
