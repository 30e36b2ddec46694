package org.cloudcrowd.action.ocrpdf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
import org.cloudcrowd.action.pdf.Document;
import org.cloudcrowd.action.pdf.DocumentNames;
import org.cloudcrowd.action.pdf.PageSize;
import org.osgi.service.component.annotations.Component;

/** Reads the pages of scanned PDFs: a page is a unit, since to read one takes seconds. */
@Component
@ActionName("ocr_pdf")
@ActionDescription("Reads scanned PDFs: a text, and a PDF that can be searched, of each.")
@ActionOptionsType(type = OcrPdfOptions.class)
@RequiresTool(Document.PROGRAM)
@RequiresTool(PageSize.PROGRAM)
@RequiresTool("pdftoppm")
@RequiresTool("tesseract")
public final class OcrPdf implements Action, SplitStage, MergeStage {
  private static final String DOCUMENT = "document";
  private static final String PAGE = "page";
  private static final String TEXT = "text";
  private static final String PDF = "pdf";
  private static final Pattern NAME = Pattern.compile("(?<document>.*)_(?<number>[0-9]+)");

  /** Each page is the input of a unit. */
  @Override
  public List<?> split(ActionContext context) throws IOException {
    var pages = new Document(context, context.inputPath()).pages();
    var inputs = new ArrayList<URI>();
    for (int i = 0; i < pages.size(); i++) {
      var named = pages.get(i).resolveSibling(context.fileName() + "_" + (i + 1) + ".pdf");
      inputs.add(context.save(Files.move(pages.get(i), named)));
    }
    return inputs;
  }

  /** Draws a page, and reads what was drawn. */
  @Override
  public Object process(ActionContext context) throws IOException {
    var options = context.options(OcrPdfOptions.class);
    var page = context.inputPath();
    var name = NAME.matcher(context.fileName());
    if (!name.matches()) {
      throw new ActionFailure(page.getFileName() + " is no page of a document");
    }
    new PageSize(context).check(page, options.dpi());
    var folder = Files.createDirectory(context.workDirectory().resolve("read"));
    var picture = folder.resolve("page.png");
    run(
        context,
        page,
        "pdftoppm",
        "-singlefile",
        "-gray",
        "-png",
        "-r",
        options.dpi().toString(),
        page.toString(),
        folder.resolve("page").toString());
    // One thread: the node runs as many units as it has processors.
    run(
        context,
        page,
        "env",
        "OMP_THREAD_LIMIT=1",
        "tesseract",
        picture.toString(),
        folder.resolve(context.fileName()).toString(),
        "-l",
        options.language(),
        "--dpi",
        options.dpi().toString(),
        "txt",
        "pdf");
    var made = new LinkedHashMap<String, Object>();
    made.put(DOCUMENT, name.group("document"));
    made.put(PAGE, Integer.parseInt(name.group("number")));
    made.put(TEXT, context.save(folder.resolve(context.fileName() + ".txt")));
    made.put(PDF, context.save(folder.resolve(context.fileName() + ".pdf")));
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
    var documents = new LinkedHashMap<String, List<Map<?, ?>>>();
    var names = new DocumentNames();
    for (Object output : outputs) {
      var page = (Map<?, ?>) output;
      var name = names.of((String) page.get(DOCUMENT), ((Number) page.get(PAGE)).intValue());
      documents.computeIfAbsent(name, unused -> new ArrayList<>()).add(page);
    }
    var made = new ArrayList<Map<String, ?>>();
    for (var document : documents.entrySet()) {
      made.add(merge(context, document.getKey(), document.getValue()));
    }
    return made;
  }

  private static Map<String, ?> merge(ActionContext context, String document, List<Map<?, ?>> pages)
      throws IOException {
    var text = context.workDirectory().resolve(document + ".txt");
    var pdf = context.workDirectory().resolve(document + ".pdf");
    var command = new ArrayList<>(List.of(Document.PROGRAM, "--empty", "--pages"));
    try (var out = Files.newOutputStream(text)) {
      for (Map<?, ?> page : pages) {
        Files.copy(context.download((String) page.get(TEXT)), out);
        command.add(context.download((String) page.get(PDF)).toString());
      }
    }
    command.addAll(List.of("--", pdf.toString()));
    context.run(command);
    var merged = new LinkedHashMap<String, Object>();
    merged.put(DOCUMENT, document);
    merged.put("pages", pages.size());
    merged.put(TEXT, context.save(text));
    merged.put(PDF, context.save(pdf));
    return merged;
  }
}
