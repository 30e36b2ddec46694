package org.cloudcrowd.action.magick;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;

/** Runs GraphicsMagick, within limits that a bomb reaches before the machine does. */
public final class Magick {
  /** The name of its program. */
  public static final String PROGRAM = "gm";

  /** The lowest version whose limits hold for all that they are to hold for. */
  public static final String VERSION = "1.3.36";

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
  public void convert(List<String> options, Path in, Path out) {
    var from = Format.of(in);
    var name = out.getFileName().toString();
    var to = Format.ofExtension(name.substring(name.lastIndexOf('.') + 1));
    var command = new ArrayList<>(List.of(PROGRAM, "convert"));
    command.addAll(LIMITS);
    command.addAll(options);
    command.add(from + ":" + in + (from == Format.PDF ? "[0]" : ""));
    command.add(to + ":" + out);
    try {
      context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(in.getFileName() + ": " + reason(e), e);
    }
  }

  /** What it says, without where its files lie. */
  private static String reason(CommandFailure e) {
    var said = e.output().replaceAll("/\\S*/", "").strip();
    return said.isEmpty() ? e.getMessage() : said;
  }
}
