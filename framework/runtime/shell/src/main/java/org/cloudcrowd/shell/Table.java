package org.cloudcrowd.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text: columns are as wide as their longest cell, and numbers are aligned to the right.
 * For one thread.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<Object[]> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings =
        Arrays.stream(headings).map(heading -> heading.toUpperCase(Locale.ROOT)).toList();
  }

  /**
   * Adds a row.
   *
   * @param cells one for each heading; null is left empty
   */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "a row has " + cells.length + " cells under " + headings.size() + " headings");
    }
    rows.add(cells.clone());
    return this;
  }

  /** The headings and the rows, a line for each. */
  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, headings.size())
            .map(
                column ->
                    Math.max(
                        headings.get(column).length(),
                        rows.stream().mapToInt(row -> text(row[column]).length()).max().orElse(0)))
            .toArray();
    var lines = new ArrayList<String>();
    lines.add(line(headings.toArray(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return String.join("\n", lines);
  }

  private static String line(Object[] cells, int[] widths) {
    return IntStream.range(0, cells.length)
        .mapToObj(column -> padded(cells[column], widths[column]))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static String padded(Object cell, int width) {
    var space = " ".repeat(width - text(cell).length());
    return cell instanceof Number ? space + text(cell) : text(cell) + space;
  }

  /** The text of a cell in one line. */
  private static String text(Object cell) {
    return cell == null ? "" : cell.toString().replaceAll("(?U)\\p{Cntrl}+", " ");
  }
}
