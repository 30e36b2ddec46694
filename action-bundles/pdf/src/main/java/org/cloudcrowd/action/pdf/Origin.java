package org.cloudcrowd.action.pdf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;

/**
 * Which document pages are of.
 *
 * @param id told apart from every other document of the job by it: the split stage has a work unit
 *     for each input
 * @param name what the document is called, without an extension; others may be called so too
 * @param input the input that it came from, without a login
 * @param pages how many pages it has
 */
public record Origin(long id, String name, String input, int pages) {
  private static final String ID = "document_id";
  private static final String NAME = "document";
  private static final String INPUT = "input";
  private static final String PAGES = "document_pages";

  /** That of the input of a split stage. */
  public static Origin of(ActionContext context, int pages) {
    var input = context.input() instanceof Map<?, ?> source ? source.get("url") : context.input();
    var shown = String.valueOf(input).replaceFirst("(?<=://)[^/@]*@", "");
    return new Origin(context.workUnitId(), context.fileName(), shown, pages);
  }

  /** What tells of it in an output. */
  public Map<String, Object> told() {
    var told = new LinkedHashMap<String, Object>();
    told.put(ID, id);
    told.put(NAME, name);
    told.put(INPUT, input);
    told.put(PAGES, pages);
    return told;
  }

  /**
   * That of which an output tells.
   *
   * @throws ActionFailure if it tells of none
   */
  public static Origin ofTold(Map<?, ?> output) {
    try {
      return new Origin(
          ((Number) output.get(ID)).longValue(),
          Objects.requireNonNull((String) output.get(NAME)),
          Objects.requireNonNull((String) output.get(INPUT)),
          ((Number) output.get(PAGES)).intValue());
    } catch (ClassCastException | NullPointerException e) {
      throw new ActionFailure("an output does not tell which document it is of", e);
    }
  }
}
