package org.cloudcrowd.server.nodes;

import java.util.List;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.BundleState;
import org.cloudcrowd.protocol.node.FileProblem;
import org.cloudcrowd.protocol.server.NodeView;

/**
 * A live node of the cluster.
 *
 * @param view as clients see it
 * @param actions the actions that it advertises
 * @param problems the files in its folder of actions that are not actions, with the reason
 * @param bundles the states of deployed bundles; null where it takes none
 * @param isRuby whether it is a Ruby node
 */
public record Member(
    NodeView view,
    List<AdvertisedAction> actions,
    List<FileProblem> problems,
    List<BundleState> bundles,
    boolean isRuby) {}
