package org.cloudcrowd.protocol.node;

import java.util.List;

/**
 * A file in a node's folder of actions that is not an action, with the reason.
 *
 * @param file its name
 * @param actions the names of its actions, as far as they are known
 * @param problem what is wrong with it, and what to do
 */
public record FileProblem(String file, List<String> actions, String problem) {

  /** One line for people. */
  public String sentence() {
    return file + ": " + problem;
  }
}
