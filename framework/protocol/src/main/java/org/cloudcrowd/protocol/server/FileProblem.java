package org.cloudcrowd.protocol.server;

import java.util.List;

/**
 * What keeps a file in a node's folder of actions from being of use.
 *
 * @param file its name
 * @param actions the names of the actions that it would bring, as far as they are known
 * @param problem what is wrong with it, and what to do
 */
public record FileProblem(String file, List<String> actions, String problem) {

  /** One line for people. */
  public String sentence() {
    return file + ": " + problem;
  }
}
