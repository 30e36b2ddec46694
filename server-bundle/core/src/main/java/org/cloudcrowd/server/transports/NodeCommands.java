package org.cloudcrowd.server.transports;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends nodes the requests that are not units: for a heartbeat, for the trial of a bundle. May be
 * used by any number of threads.
 */
@Component(service = NodeCommands.class)
public final class NodeCommands {
  private static final Logger log = LoggerFactory.getLogger(NodeCommands.class);

  private final LiveNodes nodes;
  private final NodeTransports transports;

  @Activate
  public NodeCommands(@Reference LiveNodes nodes, @Reference NodeTransports transports) {
    this.nodes = nodes;
    this.transports = transports;
  }

  /**
   * Asks the nodes that report to this server for a heartbeat at once. A node that is not reached
   * sends its next one in its own time.
   */
  public void requestHeartbeats() {
    for (LiveNode node : nodes.all()) {
      var unused =
          transports
              .of(node)
              .requestHeartbeat(node)
              .whenComplete(
                  (reply, failure) -> {
                    if (failure != null) {
                      log.debug("Node {} was not asked for a heartbeat", node.name(), failure);
                    }
                  });
    }
  }

  /**
   * Has nodes try a bundle.
   *
   * @return the outcomes, by the names of the nodes that answered
   */
  public Map<String, Trial.Outcome> tryOut(Collection<String> names, Trial trial) {
    var asked = new HashMap<String, CompletableFuture<Trial.Outcome>>();
    for (String name : names) {
      var node = nodes.find(name);
      if (node != null) {
        asked.put(name, transports.of(node).tryOut(node, trial).exceptionally(failure -> null));
      }
    }
    var outcomes = new HashMap<String, Trial.Outcome>();
    asked.forEach(
        (name, outcome) -> {
          var known = outcome.join();
          if (known != null) {
            outcomes.put(name, known);
          }
        });
    return outcomes;
  }
}
