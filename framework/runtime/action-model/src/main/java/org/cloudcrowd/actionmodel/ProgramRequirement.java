package org.cloudcrowd.actionmodel;

import java.io.IOException;
import java.util.regex.Pattern;
import org.cloudcrowd.action.RequiresLabel;
import org.cloudcrowd.action.RequiresTool;
import org.osgi.framework.Version;

/**
 * A requirement of a program on nodes, from its manifest.
 *
 * @param namespace the namespace of its capability
 * @param filter the capabilities that satisfy it
 */
record ProgramRequirement(String namespace, String filter) {
  private static final String NAME = "[A-Za-z0-9._+-]{1,100}";
  private static final Pattern LABEL = Pattern.compile("label +(?<name>" + NAME + ")");
  private static final Pattern TOOL =
      Pattern.compile("(?<name>" + NAME + ")(?: *>= *(?<version>[0-9][0-9A-Za-z._-]{0,99}))?");

  /**
   * Reads one.
   *
   * @throws IOException if it is invalid; the message says how one is written
   */
  static ProgramRequirement of(String text) throws IOException {
    var label = LABEL.matcher(String.valueOf(text).strip());
    if (label.matches()) {
      return new ProgramRequirement(
          RequiresLabel.NAMESPACE, "(" + RequiresLabel.NAMESPACE + "=" + label.group("name") + ")");
    }
    var tool = TOOL.matcher(String.valueOf(text).strip());
    if (text == null || !tool.matches()) {
      throw noRequirement(text);
    }
    var version = tool.group("version");
    try {
      return new ProgramRequirement(
          RequiresTool.NAMESPACE,
          "(&("
              + RequiresTool.NAMESPACE
              + "="
              + tool.group("name")
              + ")(version>="
              + (version == null ? Version.emptyVersion : Version.parseVersion(version))
              + "))");
    } catch (IllegalArgumentException e) {
      throw noRequirement(text);
    }
  }

  private static IOException noRequirement(String text) {
    return new IOException(
        "requires must be a list of tools and labels, as 'gm >= 1.3', 'python3' and 'label gpu',"
            + " and has '"
            + text
            + "'");
  }

  /** As a clause of a bundle's header. */
  String clause() {
    return namespace + ";filter:=\"" + filter + "\"";
  }
}
