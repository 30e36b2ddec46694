package org.cloudcrowd.action.pdf;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;

/** How large a page would be drawn: of a page of a kilometre, a tool would draw more than fits. */
public final class PageSize {
  /** The name of its program. */
  public static final String PROGRAM = "pdfinfo";

  private static final Pattern SIZE =
      Pattern.compile("(?m)^Page size:\\s+([0-9.]+) x ([0-9.]+) pts");

  private static final double POINTS_PER_INCH = 72;

  /** As many as GraphicsMagick may have; Ghostscript would draw more for it. */
  private static final double MAX_PIXELS = 250e6;

  private final ActionContext context;

  /** In the work directory of an attempt. */
  public PageSize(ActionContext context) {
    this.context = context;
  }

  /**
   * Refuses a page that would have too many pixels.
   *
   * @param pdf a PDF of one page
   * @param density how many pixels an inch has
   * @throws ActionFailure if it would, or its size cannot be told; the message names it
   */
  public void check(Path pdf, double density) {
    var size = SIZE.matcher(size(pdf));
    if (!size.find()) {
      throw new ActionFailure(pdf.getFileName() + " does not tell the size of its page");
    }
    double width = Double.parseDouble(size.group(1)) / POINTS_PER_INCH * density;
    double height = Double.parseDouble(size.group(2)) / POINTS_PER_INCH * density;
    if (width * height > MAX_PIXELS) {
      throw new ActionFailure(
          String.format(
              Locale.ROOT,
              "%s would be drawn with %.0f x %.0f pixels; at most %.0f million are",
              pdf.getFileName(),
              width,
              height,
              MAX_PIXELS / 1e6));
    }
  }

  private String size(Path pdf) {
    try {
      return context.run(PROGRAM, pdf.toString());
    } catch (CommandFailure e) {
      throw new ActionFailure(
          pdf.getFileName() + ": " + e.getMessage().replaceAll("/\\S*/", ""), e);
    }
  }
}
