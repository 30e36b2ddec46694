package org.cloudcrowd.server.why;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.WhyView.NodeReason;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.FileProblem;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.nodes.AdvertisedActions;
import org.cloudcrowd.server.nodes.Member;
import org.osgi.framework.VersionRange;

/**
 * Explains why a node does not run queued units of an action.
 *
 * @param action the action
 * @param range which versions of it will do, or null for any
 */
record NodeReasons(String action, VersionRange range) {

  /**
   * The first reason that holds.
   *
   * @param failedOn the node that the last attempt failed on or was lost with, or null
   */
  NodeReason of(Member node, String failedOn) {
    var unable = unable(node);
    return new NodeReason(
        node.view().host(), unable == null ? able(node.view(), failedOn) : unable, unable == null);
  }

  /** The reason why the node runs none of them even if it has room, or null. */
  private String unable(Member node) {
    var advertised = node.actions().stream().filter(one -> one.name().equals(action)).toList();
    if (advertised.isEmpty()) {
      return missing(node.problems());
    }
    if (advertised.stream()
        .map(AdvertisedActions::version)
        .noneMatch(version -> range == null || range.includes(version))) {
      return "has " + action + " " + versions(advertised) + ", and the job asks for " + range;
    }
    return node.view().reason() == null ? null : "takes nothing: " + node.view().reason();
  }

  private static String able(NodeView view, String failedOn) {
    if (view.host().equals(failedOn)) {
      return "the last attempt failed here, or was lost with this node; another node that can run"
          + " it is to try it first";
    }
    return view.status().equals("busy")
        ? "is full: it holds as many work units as it takes"
        : "can run it, and is sent it when its turn comes";
  }

  private String missing(List<FileProblem> problems) {
    var known =
        problems.stream()
            .filter(problem -> problem.actions().contains(action))
            .map(FileProblem::sentence)
            .collect(Collectors.joining("; "));
    return known.isEmpty() ? "the action " + action + " is not installed" : known;
  }

  private static String versions(List<AdvertisedAction> advertised) {
    return advertised.stream()
        .map(AdvertisedActions::version)
        .sorted(Comparator.reverseOrder())
        .map(String::valueOf)
        .collect(Collectors.joining(" and "));
  }
}
