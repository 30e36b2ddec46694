package org.cloudcrowd.server.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.cloudcrowd.protocol.server.Dispatch;
import org.cloudcrowd.protocol.server.Trial;
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
  private final NodeClient client;
  private final WaitingPolls polls;

  @Activate
  public NodeCommands(
      @Reference LiveNodes nodes, @Reference NodeClient client, @Reference WaitingPolls polls) {
    this.nodes = nodes;
    this.client = client;
    this.polls = polls;
  }

  /**
   * Asks the nodes that report to this server for a heartbeat at once. A node that is not reached
   * sends its next one in its own time.
   */
  public void requestHeartbeats() {
    for (LiveNode node : nodes.all()) {
      if (node.isRuby()) {
        continue;
      }
      var prompt = new Dispatch(0, false, List.of());
      var sent = node.pulls() ? polls.send(node.name(), prompt) : client.send(node.name(), prompt);
      var unused =
          sent.whenComplete(
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
      if (node != null && !node.pulls() && !node.isRuby()) {
        asked.put(name, client.tryOut(name, trial).exceptionally(failure -> null));
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
