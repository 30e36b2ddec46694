package org.cloudcrowd.action.processpdfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;
import org.cloudcrowd.action.magick.Magick;
import org.cloudcrowd.action.magick.MagickOptions;
import org.cloudcrowd.action.pdf.PageSize;
import org.cloudcrowd.action.processpdfs.ProcessPdfsOptions.Image;

/** A page, and what is made of it. */
final class Page {
  static final String TEXT_PROGRAM = "pdftotext";

  private static final String DENSITY = "-density";
  private static final double USUAL_DENSITY = 72;

  private final ActionContext context;
  private final Path pdf;

  /** Of a PDF of one page. */
  Page(ActionContext context, Path pdf) {
    this.context = context;
    this.pdf = pdf;
  }

  /** Writes its text into a file, laid out as on the page. */
  void writeText(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    run(TEXT_PROGRAM, "-enc", "UTF-8", "-layout", "-q", pdf.toString(), file.toString());
  }

  /** Draws it into a file. */
  void draw(Image image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var options = MagickOptions.of(image.options());
    new PageSize(context).check(pdf, density(options));
    new Magick(context).convert(options, pdf, file);
  }

  private static double density(List<String> options) {
    int last = options.lastIndexOf(DENSITY);
    if (last < 0 || last + 1 == options.size()) {
      return USUAL_DENSITY;
    }
    var value = options.get(last + 1).split("x", 2)[0];
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new ActionFailure("the option -density may not have the value '" + value + "'", e);
    }
  }

  private String run(String... command) {
    try {
      return context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(
          pdf.getFileName() + ": " + e.getMessage().replaceAll("/\\S*/", ""), e);
    }
  }
}
