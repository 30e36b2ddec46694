package org.cloudcrowd.action.magick;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;
import org.cloudcrowd.action.pdf.Document;
import org.cloudcrowd.action.pdf.PageBox;

/** Runs GraphicsMagick, within limits that a bomb reaches before the machine does. */
public final class Magick {
  /** The name of its program. */
  public static final String PROGRAM = "gm";

  /** The lowest version whose limits hold for all that they are to hold for. */
  public static final String VERSION = "1.3.36";

  /** What it says where SIGXCPU or SIGXFSZ has ended a program that it ran (signal(7)). */
  private static final Pattern LIMIT = Pattern.compile("due to signal (24|25)\\b");

  private static final List<String> LIMITS =
      List.of(
          "-limit", "Pixels", "250MP", "-limit", "Width", "100KP", "-limit", "Height", "100KP",
          "-limit", "Memory", "512MB", "-limit", "Map", "512MB", "-limit", "Disk", "2GB", "-limit",
          "Threads", "1");

  private final ActionContext context;

  /** Runs in the work directory of an attempt. */
  public Magick(ActionContext context) {
    this.context = context;
  }

  /**
   * Changes a picture.
   *
   * @param options arguments, as {@link MagickOptions} allows them
   * @param in a picture, or the first page of a PDF
   * @param out where the new one is put; its extension says its format
   * @throws ActionFailure if it is no picture, or cannot be changed so; the message names it
   */
  public void convert(List<String> options, Path in, Path out) throws IOException {
    if (Format.of(in) == Format.PDF) {
      convertPage(options, new Document(context, in).firstPage(), out);
    } else {
      Jpeg.requireWhole(in);
      convert(options, Format.of(in) + ":" + in, in, out);
    }
  }

  /**
   * Draws what the crop box of a page shows.
   *
   * @param options arguments, as {@link MagickOptions} allows them
   * @param page a PDF of one page
   * @param out where the picture is put; its extension says its format
   * @throws ActionFailure if it is no PDF, would have too many pixels, or cannot be drawn so; the
   *     message names it
   */
  public void convertPage(List<String> options, Path page, Path out) throws IOException {
    var density = MagickOptions.density(options);
    PageBox.of(context, page).check(page.getFileName().toString(), density[0], density[1]);
    var all = new ArrayList<>(List.of("-define", "pdf:use-cropbox=true"));
    all.addAll(options);
    convert(all, Format.PDF + ":" + page + "[0]", page, out);
  }

  private void convert(List<String> options, String from, Path in, Path out) throws IOException {
    var name = out.getFileName().toString();
    var to = Format.ofExtension(name.substring(name.lastIndexOf('.') + 1));
    var command = new ArrayList<>(List.of(PROGRAM, "convert"));
    command.addAll(LIMITS);
    command.addAll(options);
    command.add(from);
    command.add(to + ":" + out);
    try {
      context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(in.getFileName() + ": " + reason(e), e);
    }
    if (!Files.exists(out) || Files.size(out) == 0) {
      throw new ActionFailure(in.getFileName() + ": no picture came of it");
    }
  }

  /** What it says, without where its files lie. */
  private static String reason(CommandFailure e) {
    var said = e.output().replaceAll("/\\S*/", "").strip();
    if (LIMIT.matcher(said).find()) {
      return "it takes more time or room to draw than a tool may (worker.tool_minutes,"
          + " worker.tool_file_megabytes)";
    }
    return said.isEmpty() ? e.getMessage() : said;
  }
}
