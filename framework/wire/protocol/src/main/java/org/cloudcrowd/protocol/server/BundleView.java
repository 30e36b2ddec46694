package org.cloudcrowd.protocol.server;

import java.util.ArrayList;
import java.util.List;

/**
 * A deployed bundle or program, or one that was tried.
 *
 * @param sha256 the SHA-256 of its bytes, in hexadecimal
 * @param symbolicName its symbolic name
 * @param version its version
 * @param program whether it is a program
 * @param actions the names of the actions that it brings
 * @param size how many bytes it has
 * @param deployedAt since when, in ISO 8601, UTC; null where it was only tried
 * @param nodes its state on each live node
 */
public record BundleView(
    String sha256,
    String symbolicName,
    String version,
    boolean program,
    List<String> actions,
    long size,
    String deployedAt,
    List<OnNode> nodes) {

  /**
   * The state of a bundle on a node.
   *
   * @param host the node's name
   * @param status {@code installed}; {@code pending} until the node has downloaded it; {@code
   *     failed}; {@code refused} where the node takes no deployed bundles; of a trial {@code
   *     resolves}, {@code failed} or {@code unknown}
   * @param problem why, where it is not installed or would not be; else null
   * @param changes of a trial, what would change there, a sentence for each; else null
   */
  public record OnNode(String host, String status, String problem, List<String> changes) {
    /** Its state. */
    public OnNode(String host, String status, String problem) {
      this(host, status, problem, null);
    }
  }

  /** Its symbolic name and version as one text, {@code NAME@VERSION}. */
  public String nameAndVersion() {
    return symbolicName + "@" + version;
  }

  /** Whether a text names it: by symbolic name, with version or without, or by SHA-256. */
  public boolean isMeantBy(String name) {
    return name.equals(symbolicName) || name.equals(nameAndVersion()) || name.equals(sha256);
  }

  /** Formats it in lines for people. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        nameAndVersion()
            + " ("
            + String.join(", ", actions)
            + "), "
            + size
            + " bytes, SHA-256 "
            + sha256);
    for (OnNode node : nodes) {
      lines.add(
          "  "
              + node.host()
              + ": "
              + node.status()
              + (node.problem() == null ? "" : ", " + node.problem()));
      if (node.changes() != null) {
        node.changes().forEach(change -> lines.add("    " + change));
      }
    }
    return lines;
  }
}
