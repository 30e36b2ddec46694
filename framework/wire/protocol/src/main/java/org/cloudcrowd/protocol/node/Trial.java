package org.cloudcrowd.protocol.node;

import java.util.List;
import java.util.Map;

/**
 * A bundle that a node is to try, without storing it or running its code.
 *
 * @param headers the headers of its manifest
 */
public record Trial(Map<String, String> headers) {

  /**
   * The outcome of a trial.
   *
   * @param problem what would keep it from being installed or resolved there, or null
   * @param changes what would become different there, a sentence for each
   */
  public record Outcome(String problem, List<String> changes) {}
}
