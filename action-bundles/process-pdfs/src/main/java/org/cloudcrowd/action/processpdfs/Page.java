package org.cloudcrowd.action.processpdfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;
import org.cloudcrowd.action.magick.Magick;
import org.cloudcrowd.action.magick.MagickOptions;
import org.cloudcrowd.action.pdf.PageBox;
import org.cloudcrowd.action.processpdfs.ProcessPdfsOptions.Image;

/** A page, and what is made of it. */
final class Page {
  static final String TEXT_PROGRAM = "pdftotext";

  private final ActionContext context;
  private final Path pdf;

  /** Of a PDF of one page. */
  Page(ActionContext context, Path pdf) {
    this.context = context;
    this.pdf = pdf;
  }

  /** Writes the text that its crop box shows into a file, laid out as on the page. */
  void writeText(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    var command = new ArrayList<>(List.of(TEXT_PROGRAM, "-enc", "UTF-8", "-layout", "-q"));
    command.addAll(PageBox.of(context, pdf).textArea());
    command.addAll(List.of(pdf.toString(), file.toString()));
    run(command);
  }

  /** Draws it into a file. */
  void draw(Image image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    new Magick(context).convertPage(MagickOptions.of(image.options()), pdf, file);
  }

  private String run(List<String> command) {
    try {
      return context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(
          pdf.getFileName() + ": " + e.getMessage().replaceAll("/\\S*/", ""), e);
    }
  }
}
