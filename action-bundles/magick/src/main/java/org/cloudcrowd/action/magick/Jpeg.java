package org.cloudcrowd.action.magick;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cloudcrowd.action.ActionFailure;

/**
 * Whether a JPEG is whole. GraphicsMagick fills what is missing with grey and succeeds; of the
 * other formats it says so.
 */
final class Jpeg {
  private static final int MARKER = 0xFF;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int LENGTH_BYTES = 2;

  private Jpeg() {}

  /**
   * Looks for the marker of its end (ITU-T T.81, B.1.1.3).
   *
   * @throws ActionFailure if it is a JPEG without an end; the message names it
   */
  static void requireWhole(Path file) throws IOException {
    if (Format.of(file) != Format.JPEG) {
      return;
    }
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(LENGTH_BYTES);
      skipSegments(in);
      findEnd(in);
    } catch (EOFException e) {
      throw new ActionFailure(file.getFileName() + " is cut off: it is a JPEG without an end", e);
    }
  }

  /** Up to the first scan: a preview, which has an end of its own, lies in a segment before it. */
  private static void skipSegments(DataInputStream in) throws IOException {
    int marker;
    do {
      marker = in.readUnsignedByte();
      while (marker == MARKER) {
        marker = in.readUnsignedByte();
      }
      in.skipNBytes(Math.max(0, in.readUnsignedShort() - LENGTH_BYTES));
    } while (marker != START_OF_SCAN);
  }

  private static void findEnd(DataInputStream in) throws IOException {
    int before = 0;
    int now = in.readUnsignedByte();
    while (before != MARKER || now != END_OF_IMAGE) {
      before = now;
      now = in.readUnsignedByte();
    }
  }
}
