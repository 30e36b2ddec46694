package org.cloudcrowd.action.processpdfs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.cloudcrowd.action.pdf.Batch;
import org.cloudcrowd.action.pdf.Document;
import org.cloudcrowd.action.pdf.DocumentNames;
import org.cloudcrowd.action.pdf.Origin;
import org.cloudcrowd.action.pdf.PageBox;
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
@RequiresTool(PageBox.PROGRAM)
@RequiresTool(value = Magick.PROGRAM, version = Magick.VERSION)
@RequiresTool("gs")
@RequiresTool(Tar.PROGRAM)
public final class ProcessPdfs implements Action, SplitStage, MergeStage {
  private static final String PAGES = "pages";
  private static final String URL = "url";
  private static final Pattern NUMBERED = Pattern.compile("(?<number>[0-9]+)[.].*");

  /** Packs the pages, as many as a batch has; each archive is the input of a unit. */
  @Override
  public List<?> split(ActionContext context) throws IOException {
    var options = context.options(ProcessPdfsOptions.class);
    // What a unit would refuse is refused before there are many of them.
    options.images().forEach(Images::check);
    var pages = new Document(context, context.inputPath()).pages();
    var origin = Origin.of(context, pages.size());
    var batches = new ArrayList<URI>();
    for (int first = 0; first < pages.size(); first += options.batchSize()) {
      var batch = new TreeMap<Integer, Path>();
      for (int page = first; page < Math.min(pages.size(), first + options.batchSize()); page++) {
        batch.put(page + 1, pages.get(page));
      }
      batches.add(Batch.save(context, origin, batch));
    }
    return batches;
  }

  /** Draws and reads the pages of a batch, and packs what came of them, by their numbers. */
  @Override
  public Object process(ActionContext context) throws IOException {
    var options = context.options(ProcessPdfsOptions.class);
    var batch = Batch.open(context);
    var made = Files.createDirectory(context.workDirectory().resolve("made"));
    for (var page : batch.pages().entrySet()) {
      make(new Page(context, page.getValue()), options, made, page.getKey().toString());
    }
    var archive =
        context
            .workDirectory()
            .resolve(batch.origin().name() + "_" + batch.pages().firstKey() + ".processed.tar");
    var output = new LinkedHashMap<>(batch.origin().told());
    output.put(PAGES, List.copyOf(batch.pages().keySet()));
    output.put(URL, context.save(new Tar(context).pack(made, archive)));
    return output;
  }

  private static void make(Page page, ProcessPdfsOptions options, Path folder, String number)
      throws IOException {
    page.writeText(folder.resolve("text/pages").resolve(number + ".txt"));
    for (Image image : options.images()) {
      Images.check(image);
      page.draw(
          image,
          folder.resolve("images").resolve(image.name()).resolve(number + "." + image.extension()));
    }
  }

  /** Puts everything together, with the full text of each document, and says where each is from. */
  @Override
  public Object merge(ActionContext context, List<?> outputs) throws IOException {
    if (outputs.isEmpty()) {
      throw new ActionFailure("the job has no documents");
    }
    var tar = new Tar(context);
    var all = Files.createDirectory(context.workDirectory().resolve("all"));
    var origins = outputs.stream().map(output -> Origin.ofTold((Map<?, ?>) output)).toList();
    var names = new DocumentNames(origins);
    var pages = new LinkedHashMap<Origin, SortedSet<Integer>>();
    for (int i = 0; i < outputs.size(); i++) {
      var batch = (Map<?, ?>) outputs.get(i);
      var unpacked = Files.createTempDirectory(context.workDirectory(), "batch");
      tar.unpack(context.download((String) batch.get(URL)), unpacked);
      move(unpacked, all, names.of(origins.get(i)));
      var numbers = pages.computeIfAbsent(origins.get(i), origin -> new TreeSet<>());
      ((List<?>) batch.get(PAGES)).forEach(page -> numbers.add(((Number) page).intValue()));
    }
    for (var document : pages.entrySet()) {
      var name = names.of(document.getKey());
      requireAll(document.getKey(), document.getValue());
      writeFullText(all.resolve(name), name, document.getValue());
    }
    Files.writeString(
        all.resolve(DocumentNames.MANIFEST), Manifest.of(List.copyOf(pages.keySet()), names));
    return context.save(
        tar.packTightly(all, context.workDirectory().resolve("processed_pdfs.tar")));
  }

  /** Each file of a page, called by its number alone, gets the name of its document. */
  private static void move(Path from, Path all, String document) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        if (!NUMBERED.matcher(name).matches()) {
          throw new ActionFailure(name + " is nothing that was made of a page");
        }
        var folder =
            Files.createDirectories(
                all.resolve(document).resolve(from.relativize(file.getParent()).toString()));
        Files.move(file, folder.resolve(document + "_" + name));
      }
    }
  }

  private static void requireAll(Origin origin, SortedSet<Integer> pages) {
    if (pages.size() != origin.pages() || pages.last() != origin.pages()) {
      throw new ActionFailure(
          origin.input()
              + " has "
              + origin.pages()
              + " pages, of which "
              + pages.size()
              + " came out");
    }
  }

  private static void writeFullText(Path folder, String document, SortedSet<Integer> pages)
      throws IOException {
    var full = Files.createDirectories(folder.resolve("text/full"));
    try (var out = Files.newOutputStream(full.resolve(document + ".txt"))) {
      for (int page : pages) {
        Files.copy(folder.resolve("text/pages").resolve(document + "_" + page + ".txt"), out);
      }
    }
  }
}
