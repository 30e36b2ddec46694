package org.cloudcrowd.server.nodes;

import java.util.List;
import org.cloudcrowd.protocol.server.AdvertisedAction;
import org.cloudcrowd.protocol.server.BundleState;
import org.cloudcrowd.protocol.server.FileProblem;
import org.cloudcrowd.protocol.server.NodeView;

/**
 * A live node of the cluster.
 *
 * @param view as clients see it
 * @param actions what it can run
 * @param problems what keeps files in its folder of actions from being actions
 * @param bundles how it stands with the deployed bundles; null where it takes none
 * @param isRuby whether it is a node of the original
 */
public record Member(
    NodeView view,
    List<AdvertisedAction> actions,
    List<FileProblem> problems,
    List<BundleState> bundles,
    boolean isRuby) {}
