package org.cloudcrowd.action.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.CommandFailure;

/** A PDF, taken apart with qpdf. */
public final class Document {
  /** The name of its program. */
  public static final String PROGRAM = "qpdf";

  /** More would fill a disk with files of one page. */
  private static final int MAX_PAGES = 10_000;

  private static final Pattern NUMBER = Pattern.compile("-([0-9]+)\\.pdf$");

  private final ActionContext context;
  private final Path pdf;

  /** In the work directory of an attempt. */
  public Document(ActionContext context, Path pdf) {
    this.context = context;
    this.pdf = pdf;
  }

  /**
   * Makes a PDF of each page.
   *
   * @return them, in the order of the pages
   * @throws ActionFailure if it is no PDF, is encrypted, or has too many pages; the message names
   *     it
   */
  public List<Path> pages() throws IOException {
    int count = count();
    if (count == 0) {
      throw new ActionFailure(pdf.getFileName() + " has no pages");
    }
    if (count > MAX_PAGES) {
      throw new ActionFailure(
          pdf.getFileName() + " has " + count + " pages; at most " + MAX_PAGES + " are taken");
    }
    var folder = Files.createDirectory(context.workDirectory().resolve("apart"));
    qpdf("--split-pages=1", pdf.toString(), folder.resolve("page.pdf").toString());
    try (var files = Files.list(folder)) {
      var pages = files.sorted(Comparator.comparingInt(Document::number)).toList();
      if (pages.size() != count) {
        throw new ActionFailure(
            pdf.getFileName()
                + " has "
                + count
                + " pages, of which qpdf has made "
                + pages.size()
                + " alone");
      }
      return pages;
    }
  }

  /**
   * Makes a PDF of the first page.
   *
   * @throws ActionFailure as {@link #pages}
   */
  public Path firstPage() throws IOException {
    if (count() == 0) {
      throw new ActionFailure(pdf.getFileName() + " has no pages");
    }
    var folder = Files.createTempDirectory(context.workDirectory(), "first");
    var first = folder.resolve(pdf.getFileName());
    qpdf(pdf.toString(), "--pages", ".", "1", "--", first.toString());
    return first;
  }

  /** How many pages it has; it may have none. */
  public int count() {
    return Integer.parseInt(qpdf("--show-npages", pdf.toString()).strip());
  }

  private static int number(Path page) {
    var number = NUMBER.matcher(page.getFileName().toString());
    if (!number.find()) {
      throw new ActionFailure("qpdf has made " + page.getFileName() + ", which is no page");
    }
    return Integer.parseInt(number.group(1));
  }

  private String qpdf(String... arguments) {
    // A document that is damaged and could be mended is good enough.
    var command = new ArrayList<>(List.of(PROGRAM, "--warning-exit-0"));
    command.addAll(List.of(arguments));
    try {
      return context.run(command);
    } catch (CommandFailure e) {
      var said = e.output().replaceAll("/\\S*/", "").replaceAll("(?m)^qpdf: ", "").strip();
      throw new ActionFailure(
          said.contains("invalid password")
              ? pdf.getFileName() + " is encrypted, and its password is not known"
              : pdf.getFileName() + " is no PDF that can be read: " + said,
          e);
    }
  }
}
