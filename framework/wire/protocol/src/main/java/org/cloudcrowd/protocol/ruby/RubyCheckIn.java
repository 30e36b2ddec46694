package org.cloudcrowd.protocol.ruby;

import java.util.Arrays;
import java.util.List;

/**
 * The check-in of a Ruby node, at its start, every five minutes, and when it becomes busy or ceases
 * to be: {@code PUT /node/HOST:PORT}. It does not name its units.
 *
 * @param busy whether it takes nothing now
 * @param tag the name that its operator gave it, or null
 * @param maxWorkers how many workers it has at most, or null where it sets no such limit
 * @param actions the names of the actions that it runs
 */
public record RubyCheckIn(boolean busy, String tag, Integer maxWorkers, List<String> actions) {
  private static final String BUSY = "busy";
  private static final String TAG = "tag";
  private static final String MAX_WORKERS = "max_workers";
  private static final String ACTIONS = "enabled_actions";

  /**
   * Reads a form.
   *
   * @throws NumberFormatException if {@code max_workers} is no whole number
   */
  public static RubyCheckIn of(Form form) {
    var tag = form.get(TAG);
    var maxWorkers = form.get(MAX_WORKERS);
    var actions = form.get(ACTIONS);
    return new RubyCheckIn(
        Boolean.parseBoolean(form.get(BUSY)),
        tag == null || tag.isBlank() ? null : tag,
        maxWorkers == null || maxWorkers.isBlank() ? null : Integer.valueOf(maxWorkers.strip()),
        actions == null
            ? List.of()
            : Arrays.stream(actions.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
  }

  public Form form() {
    return new Form()
        .with(BUSY, busy)
        .with(TAG, tag)
        .with(MAX_WORKERS, maxWorkers)
        .with(ACTIONS, String.join(",", actions));
  }
}
