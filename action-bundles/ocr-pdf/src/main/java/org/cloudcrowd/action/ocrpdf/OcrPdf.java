package org.cloudcrowd.action.ocrpdf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.ActionOptionsType;
import org.cloudcrowd.action.CommandFailure;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.action.pdf.Batch;
import org.cloudcrowd.action.pdf.Document;
import org.cloudcrowd.action.pdf.DocumentNames;
import org.cloudcrowd.action.pdf.Origin;
import org.cloudcrowd.action.pdf.PageBox;
import org.cloudcrowd.action.pdf.Tar;
import org.osgi.service.component.annotations.Component;

/** Reads the pages of scanned PDFs: a page is a unit, since to read one takes seconds. */
@Component
@ActionName("ocr_pdf")
@ActionDescription("Reads scanned PDFs: a text, and a PDF that can be searched, of each.")
@ActionOptionsType(type = OcrPdfOptions.class)
@RequiresTool(Document.PROGRAM)
@RequiresTool(PageBox.PROGRAM)
@RequiresTool("pdftoppm")
@RequiresTool("tesseract")
@RequiresTool(Tar.PROGRAM)
public final class OcrPdf implements Action, SplitStage, MergeStage {
  private static final String DOCUMENT = "document";
  private static final String PAGE = "page";
  private static final String TEXT = "text";
  private static final String PDF = "pdf";

  /** What ends a page of a text, as pdftotext writes it. */
  private static final char FORM_FEED = '\f';

  /** Each page is the input of a unit. */
  @Override
  public List<?> split(ActionContext context) throws IOException {
    var pages = new Document(context, context.inputPath()).pages();
    var origin = Origin.of(context, pages.size());
    var inputs = new ArrayList<URI>();
    for (int page = 0; page < pages.size(); page++) {
      inputs.add(Batch.save(context, origin, new TreeMap<>(Map.of(page + 1, pages.get(page)))));
    }
    return inputs;
  }

  /** Draws what the crop box of a page shows, and reads what was drawn. */
  @Override
  public Object process(ActionContext context) throws IOException {
    var options = context.options(OcrPdfOptions.class);
    var batch = Batch.open(context);
    var page = batch.pages().get(batch.pages().firstKey());
    var box = PageBox.of(context, page);
    box.check(page.getFileName().toString(), options.dpi(), options.dpi());
    var folder = Files.createDirectory(context.workDirectory().resolve("read"));
    var picture = folder.resolve("page.png");
    run(
        context,
        page,
        "pdftoppm",
        "-cropbox",
        "-singlefile",
        "-png",
        "-r",
        // It does not know UserUnit (poppler 22.12).
        Double.toString(options.dpi() * box.userUnit()),
        page.toString(),
        folder.resolve("page").toString());
    if (!Files.exists(picture)) {
      throw new ActionFailure(page.getFileName() + " cannot be drawn");
    }
    var name = batch.origin().name() + "_" + batch.pages().firstKey();
    run(
        context,
        page,
        "tesseract",
        picture.toString(),
        folder.resolve(name).toString(),
        "-l",
        options.language(),
        "--dpi",
        options.dpi().toString(),
        "txt",
        "pdf");
    var made = new LinkedHashMap<>(batch.origin().told());
    made.put(PAGE, batch.pages().firstKey());
    made.put(TEXT, context.save(folder.resolve(name + ".txt")));
    made.put(PDF, context.save(folder.resolve(name + ".pdf")));
    return made;
  }

  private static void run(ActionContext context, Path page, String... command) {
    try {
      context.run(command);
    } catch (CommandFailure e) {
      throw new ActionFailure(
          page.getFileName() + ": " + e.getMessage().replaceAll("/\\S*/", "").strip(), e);
    }
  }

  /** Puts the pages of each document together again. */
  @Override
  public Object merge(ActionContext context, List<?> outputs) throws IOException {
    var documents = new LinkedHashMap<Origin, SortedMap<Integer, Map<?, ?>>>();
    for (Object output : outputs) {
      var page = (Map<?, ?>) output;
      documents
          .computeIfAbsent(Origin.ofTold(page), origin -> new TreeMap<>())
          .put(((Number) page.get(PAGE)).intValue(), page);
    }
    var names = new DocumentNames(documents.keySet());
    var made = new ArrayList<Map<String, ?>>();
    for (var document : documents.entrySet()) {
      made.add(
          merge(
              context,
              document.getKey(),
              names.of(document.getKey()),
              List.copyOf(document.getValue().values())));
    }
    return made;
  }

  private static Map<String, ?> merge(
      ActionContext context, Origin origin, String document, List<Map<?, ?>> pages)
      throws IOException {
    var text = context.workDirectory().resolve(document + ".txt");
    var pdf = context.workDirectory().resolve(document + ".pdf");
    var command = new ArrayList<>(List.of(Document.PROGRAM, "--empty", "--pages"));
    try (var out = Files.newOutputStream(text)) {
      for (Map<?, ?> page : pages) {
        Files.copy(context.download((String) page.get(TEXT)), out);
        out.write(FORM_FEED);
        command.add(context.download((String) page.get(PDF)).toString());
      }
    }
    command.addAll(List.of("--", pdf.toString()));
    context.run(command);
    if (pages.size() != origin.pages() || new Document(context, pdf).count() != origin.pages()) {
      throw new ActionFailure(
          origin.input() + " has " + origin.pages() + " pages, and not all of them came out");
    }
    var merged = new LinkedHashMap<String, Object>();
    merged.put(DOCUMENT, document);
    merged.put("input", origin.input());
    merged.put("pages", pages.size());
    merged.put(TEXT, context.save(text));
    merged.put(PDF, context.save(pdf));
    return merged;
  }
}
