package org.cloudcrowd.action.pdf;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;

/**
 * Pages on their way from a split stage to a process stage: an archive of them and of what tells
 * which document they are of.
 */
public final class Batch {
  private static final String ORIGIN = "origin.properties";
  private static final Pattern PAGE = Pattern.compile("(?<number>[0-9]{1,9})\\.pdf");

  private final Origin origin;
  private final SortedMap<Integer, Path> pages;

  private Batch(Origin origin, SortedMap<Integer, Path> pages) {
    this.origin = origin;
    this.pages = pages;
  }

  /**
   * Saves pages.
   *
   * @param pages PDFs of one page, by their numbers, from 1; they are moved away
   * @return the URL of the archive
   */
  public static URI save(ActionContext context, Origin origin, SortedMap<Integer, Path> pages)
      throws IOException {
    var folder = Files.createTempDirectory(context.workDirectory(), "batch");
    for (var page : pages.entrySet()) {
      Files.move(page.getValue(), folder.resolve(page.getKey() + ".pdf"));
    }
    var properties = new Properties();
    properties.setProperty("id", Long.toString(origin.id()));
    properties.setProperty("name", origin.name());
    properties.setProperty("input", origin.input());
    properties.setProperty("pages", Integer.toString(origin.pages()));
    try (var out = Files.newBufferedWriter(folder.resolve(ORIGIN))) {
      properties.store(out, null);
    }
    var archive = context.workDirectory().resolve(origin.name() + "_" + pages.firstKey() + ".tar");
    return context.save(new Tar(context).pack(folder, archive));
  }

  /**
   * Unpacks the input of a process stage.
   *
   * @throws ActionFailure if it is no such archive
   */
  public static Batch open(ActionContext context) throws IOException {
    var folder = context.workDirectory().resolve("pages");
    new Tar(context).unpack(context.inputPath(), folder);
    var origin = origin(context, folder.resolve(ORIGIN));
    var pages = new TreeMap<Integer, Path>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        var name = PAGE.matcher(file.getFileName().toString());
        if (name.matches()) {
          int number = Integer.parseInt(name.group("number"));
          // What is wrong with a page is told by the name of its document.
          pages.put(
              number, Files.move(file, folder.resolve(origin.name() + "_" + number + ".pdf")));
        }
      }
    }
    if (pages.isEmpty()) {
      throw new ActionFailure(context.fileName() + " has no pages");
    }
    return new Batch(origin, pages);
  }

  private static Origin origin(ActionContext context, Path file) {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
      return Origin.ofTold(
          Map.of(
              "document_id", Long.valueOf(properties.getProperty("id")),
              "document", properties.getProperty("name"),
              "input", properties.getProperty("input"),
              "document_pages", Integer.valueOf(properties.getProperty("pages"))));
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new ActionFailure(context.fileName() + " is no batch of pages", e);
    }
  }

  /** The document that the pages are of. */
  public Origin origin() {
    return origin;
  }

  /** PDFs of one page, by their numbers, from 1; at least one. */
  public SortedMap<Integer, Path> pages() {
    return Collections.unmodifiableSortedMap(pages);
  }
}
