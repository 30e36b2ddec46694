package org.cloudcrowd.action.pdf;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;

/**
 * What of a page is shown, and how large: viewers show the crop box (ISO 32000-1, 14.11.2), turned
 * as the page says, in units of {@code UserUnit} / 72 of an inch.
 *
 * @param media the media box
 * @param crop the crop box, within the media box
 * @param rotation by how many degrees the page is turned: 0, 90, 180 or 270
 * @param userUnit how many points a unit has
 */
public record PageBox(Box media, Box crop, int rotation, double userUnit) {
  /** The name of its program. */
  public static final String PROGRAM = "pdfinfo";

  private static final String NUMBERS = "\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)";
  private static final Pattern MEDIA = Pattern.compile("(?m)^MediaBox:" + NUMBERS);
  private static final Pattern CROP = Pattern.compile("(?m)^CropBox:" + NUMBERS);
  private static final Pattern ROTATION = Pattern.compile("(?m)^Page rot:\\s+(\\d+)");

  /** As qpdf writes JSON: deeper members of a page have more blanks before them. */
  private static final Pattern OBJECT = Pattern.compile("(?m)^ {6}\"object\": \"(\\d+) (\\d+) R\"");

  private static final Pattern USER_UNIT = Pattern.compile("(?m)^ {6}\"/UserUnit\": (\\S+?),?$");

  private static final double POINTS_PER_INCH = 72;

  /** As many as GraphicsMagick may have; Ghostscript would draw more for it. */
  private static final double MAX_PIXELS = 250e6;

  private static final double MAX_SIDE = 100_000;

  /**
   * A rectangle in the units of a page.
   *
   * @param left the smaller x
   * @param bottom the smaller y
   * @param right the larger x
   * @param top the larger y
   */
  public record Box(double left, double bottom, double right, double top) {
    double width() {
      return right - left;
    }

    double height() {
      return top - bottom;
    }
  }

  /**
   * That of a page.
   *
   * @param pdf a PDF of one page
   * @throws ActionFailure if its page shows nothing, or does not tell its size; the message names
   *     it
   */
  public static PageBox of(ActionContext context, Path pdf) {
    var told = run(context, pdf, PROGRAM, "-box", pdf.toString());
    var media = box(pdf, MEDIA, told);
    var crop = box(pdf, CROP, told);
    var rotation = ROTATION.matcher(told);
    double unit = userUnit(context, pdf);
    if (!rotation.find()
        || !(crop.width() > 0 && crop.height() > 0 && unit > 0 && unit < MAX_SIDE)) {
      throw new ActionFailure(pdf.getFileName() + " does not tell the size of its page");
    }
    return new PageBox(media, crop, Integer.parseInt(rotation.group(1)), unit);
  }

  private static Box box(Path pdf, Pattern pattern, String told) {
    var box = pattern.matcher(told);
    try {
      if (box.find()) {
        double x = Double.parseDouble(box.group(1));
        double y = Double.parseDouble(box.group(2));
        double otherX = Double.parseDouble(box.group(3));
        double otherY = Double.parseDouble(box.group(4));
        return new Box(
            Math.min(x, otherX), Math.min(y, otherY), Math.max(x, otherX), Math.max(y, otherY));
      }
    } catch (NumberFormatException e) {
      throw new ActionFailure(pdf.getFileName() + " does not tell the size of its page", e);
    }
    throw new ActionFailure(pdf.getFileName() + " does not tell the size of its page");
  }

  /** pdfinfo does not tell it; Ghostscript draws by it. */
  private static double userUnit(ActionContext context, Path pdf) {
    var pages = qpdf(context, pdf, "--json-key=pages");
    var object = OBJECT.matcher(pages);
    if (!object.find()) {
      throw new ActionFailure(pdf.getFileName() + " does not tell the size of its page");
    }
    var page =
        qpdf(
            context,
            pdf,
            "--json-key=objects",
            "--json-object=" + object.group(1) + "," + object.group(2));
    var unit = USER_UNIT.matcher(page);
    try {
      return unit.find() ? Double.parseDouble(unit.group(1)) : 1;
    } catch (NumberFormatException e) {
      // It stands in an object of its own, which no program that makes PDFs does.
      throw new ActionFailure(pdf.getFileName() + " does not tell the size of its page", e);
    }
  }

  private static String qpdf(ActionContext context, Path pdf, String... what) {
    var command =
        Stream.of(
                Stream.of(Document.PROGRAM, "--warning-exit-0", "--json=1"),
                Stream.of(what),
                Stream.of(pdf.toString()))
            .flatMap(words -> words)
            .toArray(String[]::new);
    return run(context, pdf, command);
  }

  private static String run(ActionContext context, Path pdf, String... command) {
    try {
      return context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(
          pdf.getFileName() + ": " + e.getMessage().replaceAll("/\\S*/", ""), e);
    }
  }

  /**
   * Refuses a page that would have too many pixels.
   *
   * @param file what it is called
   * @param across how many pixels an inch has across
   * @param down how many it has down
   * @throws ActionFailure if it would
   */
  public void check(String file, double across, double down) {
    boolean lies = rotation % 180 != 0;
    double width = pixels(lies ? crop.height() : crop.width(), across);
    double height = pixels(lies ? crop.width() : crop.height(), down);
    if (width * height > MAX_PIXELS || width > MAX_SIDE || height > MAX_SIDE) {
      throw new ActionFailure(
          String.format(
              Locale.ROOT,
              "%s would be drawn with %.0f x %.0f pixels; at most %.0f million are",
              file,
              width,
              height,
              MAX_PIXELS / 1e6));
    }
  }

  private double pixels(double units, double density) {
    return Math.ceil(units * userUnit / POINTS_PER_INCH * density);
  }

  /**
   * Options that have {@code pdftotext} read what the crop box shows alone; none where that is the
   * whole page. Its own option for that leaves other texts in (poppler 22.12).
   */
  public List<String> textArea() {
    if (crop.equals(media)) {
      return List.of();
    }
    boolean lies = rotation % 180 != 0;
    double x =
        switch (rotation) {
          case 90 -> crop.bottom() - media.bottom();
          case 180 -> media.right() - crop.right();
          case 270 -> media.top() - crop.top();
          default -> crop.left() - media.left();
        };
    double y =
        switch (rotation) {
          case 90 -> crop.left() - media.left();
          case 180 -> crop.bottom() - media.bottom();
          case 270 -> media.right() - crop.right();
          default -> media.top() - crop.top();
        };
    return List.of(
        "-r",
        "72",
        "-x",
        whole(Math.floor(x)),
        "-y",
        whole(Math.floor(y)),
        "-W",
        whole(Math.ceil(lies ? crop.height() : crop.width())),
        "-H",
        whole(Math.ceil(lies ? crop.width() : crop.height())));
  }

  private static String whole(double number) {
    return Long.toString((long) number);
  }
}
