package org.cloudcrowd.action.ocrpdf;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * How pages are read.
 *
 * @param language the language, or several with {@code +} between them, as tesseract calls them;
 *     {@code eng} where it is not said
 * @param dpi how many pixels an inch of a page has when it is read; {@value #USUAL_DPI} where it is
 *     not said
 */
public record OcrPdfOptions(
    @Pattern(regexp = "^[A-Za-z_]{2,30}([+][A-Za-z_]{2,30}){0,9}$") String language,
    @Min(72) @Max(600) Integer dpi) {
  static final int USUAL_DPI = 300;

  /** With what is usual in place of what is not said. */
  public OcrPdfOptions {
    language = language == null ? "eng" : language;
    dpi = dpi == null ? Integer.valueOf(USUAL_DPI) : dpi;
  }
}
