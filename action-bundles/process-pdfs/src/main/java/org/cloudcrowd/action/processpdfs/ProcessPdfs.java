package org.cloudcrowd.action.processpdfs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.ActionOptionsType;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.action.magick.Magick;
import org.cloudcrowd.action.pdf.Document;
import org.cloudcrowd.action.pdf.DocumentNames;
import org.cloudcrowd.action.pdf.PageSize;
import org.cloudcrowd.action.pdf.Tar;
import org.cloudcrowd.action.processpdfs.ProcessPdfsOptions.Image;
import org.osgi.service.component.annotations.Component;

/**
 * Makes pictures and texts of the pages of PDFs: a PDF is split into batches of pages, each batch
 * is processed by a unit of its own, and all of them are merged into one archive.
 */
@Component
@ActionName("process_pdfs")
@ActionDescription("Makes pictures and texts of the pages of PDFs, in one archive.")
@ActionOptionsType(type = ProcessPdfsOptions.class)
@RequiresTool(Document.PROGRAM)
@RequiresTool(Page.TEXT_PROGRAM)
@RequiresTool(PageSize.PROGRAM)
@RequiresTool(value = Magick.PROGRAM, version = Magick.VERSION)
@RequiresTool("gs")
@RequiresTool(Tar.PROGRAM)
public final class ProcessPdfs implements Action, SplitStage, MergeStage {
  private static final String DOCUMENT = "document";
  private static final String FIRST_PAGE = "first_page";
  private static final String URL = "url";
  private static final Pattern PAGE = Pattern.compile("(?<document>.*)_(?<number>[0-9]+)\\.pdf");
  private static final Pattern TEXT = Pattern.compile(".*_(?<number>[0-9]+)\\.txt");

  /** Packs the pages, as many as a batch has; each archive is the input of a unit. */
  @Override
  public List<?> split(ActionContext context) throws IOException {
    var options = context.options(ProcessPdfsOptions.class);
    // What a unit would refuse is refused before there are many of them.
    options.images().forEach(Images::check);
    var pages = new Document(context, context.inputPath()).pages();
    var batches = new ArrayList<URI>();
    for (int first = 0; first < pages.size(); first += options.batchSize()) {
      int end = Math.min(pages.size(), first + options.batchSize());
      var folder = Files.createDirectory(context.workDirectory().resolve("batch_" + (first + 1)));
      for (int page = first; page < end; page++) {
        Files.move(pages.get(page), folder.resolve(context.fileName() + "_" + (page + 1) + ".pdf"));
      }
      var archive =
          context.workDirectory().resolve(context.fileName() + "_" + (first + 1) + ".tar");
      batches.add(context.save(new Tar(context).pack(folder, archive)));
    }
    return batches;
  }

  /** Draws and reads the pages of a batch, and packs what came of them. */
  @Override
  public Object process(ActionContext context) throws IOException {
    var options = context.options(ProcessPdfsOptions.class);
    var tar = new Tar(context);
    var pages = context.workDirectory().resolve("pages");
    tar.unpack(context.inputPath(), pages);
    var made = Files.createDirectory(context.workDirectory().resolve("made"));
    String document = null;
    int firstPage = Integer.MAX_VALUE;
    for (Path pdf : files(pages)) {
      var name = PAGE.matcher(pdf.getFileName().toString());
      if (!name.matches()) {
        throw new ActionFailure(pdf.getFileName() + " is no page of a batch");
      }
      document = name.group("document");
      int number = Integer.parseInt(name.group("number"));
      firstPage = Math.min(firstPage, number);
      make(context, options, pdf, made.resolve(document), document + "_" + number);
    }
    if (document == null) {
      throw new ActionFailure(context.fileName() + " has no pages");
    }
    var archive = context.workDirectory().resolve(document + "_" + firstPage + ".processed.tar");
    return Map.of(
        DOCUMENT, document, FIRST_PAGE, firstPage, URL, context.save(tar.pack(made, archive)));
  }

  private static void make(
      ActionContext context, ProcessPdfsOptions options, Path pdf, Path folder, String name)
      throws IOException {
    var page = new Page(context, pdf);
    page.writeText(folder.resolve("text/pages").resolve(name + ".txt"));
    for (Image image : options.images()) {
      Images.check(image);
      page.draw(
          image,
          folder.resolve("images").resolve(image.name()).resolve(name + "." + image.extension()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Puts everything together, with the full text of each document. */
  @Override
  public Object merge(ActionContext context, List<?> outputs) throws IOException {
    var tar = new Tar(context);
    var all = Files.createDirectory(context.workDirectory().resolve("all"));
    var folders = new DocumentNames();
    for (Object output : outputs) {
      var batch = (Map<?, ?>) output;
      var document = (String) batch.get(DOCUMENT);
      var unpacked = Files.createTempDirectory(context.workDirectory(), "batch");
      tar.unpack(context.download((String) batch.get(URL)), unpacked);
      var folder = all.resolve(folders.of(document, ((Number) batch.get(FIRST_PAGE)).intValue()));
      move(unpacked.resolve(document), folder);
    }
    for (Path folder : files(all)) {
      writeFullText(folder);
    }
    return context.save(
        tar.packTightly(all, context.workDirectory().resolve("processed_pdfs.tar")));
  }

  private static void move(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.move(file, target);
      }
    }
  }

  private static void writeFullText(Path folder) throws IOException {
    var full = Files.createDirectories(folder.resolve("text/full"));
    var pages =
        files(folder.resolve("text/pages")).stream()
            .sorted(Comparator.comparingInt(ProcessPdfs::number))
            .toList();
    try (var out = Files.newOutputStream(full.resolve(folder.getFileName() + ".txt"))) {
      for (Path page : pages) {
        Files.copy(page, out);
      }
    }
  }

  private static int number(Path text) {
    var name = TEXT.matcher(text.getFileName().toString());
    if (!name.matches()) {
      throw new ActionFailure(text.getFileName() + " is no text of a page");
    }
    return Integer.parseInt(name.group("number"));
  }
}
