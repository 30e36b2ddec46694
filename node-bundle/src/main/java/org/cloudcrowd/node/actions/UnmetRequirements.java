package org.cloudcrowd.node.actions;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudcrowd.action.RequiresLabel;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.node.capabilities.NodeCapabilities;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * Describes the requirements of a bundle that nothing in this container provides, for an operator.
 */
final class UnmetRequirements {
  /** The filter that a framework makes of the version range of an imported package. */
  private static final Pattern PACKAGE =
      Pattern.compile(
          "(?:\\(&)?\\(osgi\\.wiring\\.package=(?<name>[^)]+)\\)"
              + "(?:\\(version>=(?<from>[^)]+)\\))?(?:\\(!\\(version>=(?<to>[^)]+)\\)\\))?\\)?");

  private static final Pattern TOOL =
      Pattern.compile(
          "(?:\\(&)?\\("
              + Pattern.quote(RequiresTool.NAMESPACE)
              + "=(?<name>[^)]+)\\)(?:\\(version>=(?<from>[^)]+)\\)\\))?");

  private static final Pattern LABEL =
      Pattern.compile("\\(" + Pattern.quote(RequiresLabel.NAMESPACE) + "=(?<name>[^)]+)\\)");

  private final FrameworkWiring wiring;
  private final NodeCapabilities capabilities;

  UnmetRequirements(BundleContext context, NodeCapabilities capabilities) {
    this.capabilities = capabilities;
    wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  /** A phrase for each unmet requirement, with the reason. */
  List<String> of(Bundle bundle) {
    var revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? List.of()
        : revision.getRequirements(null).stream()
            .filter(UnmetRequirements::isMandatory)
            .filter(requirement -> wiring.findProviders(requirement).isEmpty())
            .map(this::described)
            .toList();
  }

  private static boolean isMandatory(Requirement requirement) {
    var directives = requirement.getDirectives();
    var effective = directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
    return !Namespace.RESOLUTION_OPTIONAL.equals(
            directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE))
        && (effective == null || Namespace.EFFECTIVE_RESOLVE.equals(effective));
  }

  private String described(Requirement requirement) {
    var filter =
        String.valueOf(requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE));
    var imported = PACKAGE.matcher(filter);
    if (imported.matches()) {
      return describedPackage(imported);
    }
    var tool = TOOL.matcher(filter);
    if (tool.matches()) {
      return describedTool(tool.group("name"), tool.group("from"));
    }
    var label = LABEL.matcher(filter);
    return label.matches()
        ? "the label " + label.group("name") + ", which this node does not have"
        : requirement.getNamespace() + " " + filter + ", which no bundle here provides";
  }

  /** With its versions as the bundle's manifest has them. */
  private static String describedPackage(Matcher imported) {
    var from = imported.group("from");
    var to = imported.group("to");
    return "the package "
        + imported.group("name")
        + (from == null ? "" : to == null ? " " + from : " [" + from + "," + to + ")")
        + ", which no bundle here provides";
  }

  private String describedTool(String name, String from) {
    var lowest = from == null ? Version.emptyVersion : Version.parseVersion(from);
    var wanted = lowest.equals(Version.emptyVersion) ? "" : " " + from + " or higher";
    var here = capabilities.tools().get(name);
    return "the tool "
        + name
        + wanted
        + (here == null ? ", which is not on this node's path" : ", and this node has " + here);
  }

  /** The values of an attribute that a bundle's capabilities of its namespace have. */
  static List<String> provided(Bundle bundle, String namespace) {
    var revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? List.of()
        : revision.getDeclaredCapabilities(namespace).stream()
            .map(capability -> capability.getAttributes().get(namespace))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();
  }
}
