package org.cloudcrowd.action.processpdfs;

import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.magick.Format;
import org.cloudcrowd.action.magick.MagickOptions;
import org.cloudcrowd.action.processpdfs.ProcessPdfsOptions.Image;

/** Says what is wrong with a picture that is wished for. */
final class Images {
  private Images() {}

  /**
   * Checks a wish.
   *
   * @throws ActionFailure if it cannot be fulfilled
   */
  static void check(Image image) {
    if (image.name() == null || !image.name().matches("[A-Za-z0-9_-]{1,100}")) {
      throw new ActionFailure("an image's name is 1 to 100 letters, digits, '_' and '-'");
    }
    if (image.extension() == null) {
      throw new ActionFailure("image " + image.name() + ": it has no extension");
    }
    try {
      Object unused = Format.ofExtension(image.extension());
      unused = MagickOptions.of(image.options());
    } catch (ActionFailure e) {
      throw new ActionFailure("image " + image.name() + ": " + e.getMessage(), e);
    }
  }
}
