package org.cloudcrowd.server.console;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Nodes;
import org.cloudcrowd.shell.CommandCompletion;
import org.cloudcrowd.shell.CommandRefusedException;
import org.cloudcrowd.shell.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for nodes. */
@Component(service = NodeShellCommands.class)
@GogoCommand(
    scope = "crowd",
    function = {"nodes", "node", "drain", "resume", "resize", "actions", "__nodes", "__actions"})
@CommandCompletion(
    completion = {"node=__nodes", "drain=__nodes", "resume=__nodes", "resize=__nodes"})
public final class NodeShellCommands {
  private final Nodes nodes;

  @Activate
  public NodeShellCommands(@Reference Nodes nodes) {
    this.nodes = nodes;
  }

  /** The live nodes. */
  @Descriptor("lists the nodes that were heard of lately")
  public Table nodes() {
    var table = new Table("node", "tag", "status", "max workers", "workers", "problems", "reason");
    nodes
        .live()
        .forEach(
            node ->
                table.row(
                    node.host(),
                    node.tag(),
                    node.word(),
                    node.maxWorkers(),
                    node.workers().size(),
                    node.problems().size(),
                    node.reason()));
    return table;
  }

  /** A node. */
  @Descriptor("shows a node with its actions, and what keeps files from being actions")
  public String node(@Descriptor("its name, host:port") String name) {
    return nodes.live().stream()
        .filter(node -> node.host().equals(name))
        .findFirst()
        .map(NodeShellCommands::shown)
        .orElseThrow(() -> noSuchNode(name));
  }

  private static String shown(NodeView node) {
    return "node "
        + node.host()
        + ": "
        + node.word()
        + (node.reason() == null ? "" : ", " + node.reason())
        + "\nconnection: "
        + node.connection()
        + "\nactions: "
        + String.join(", ", node.actions())
        + (node.labels().isEmpty() ? "" : "\nlabels: " + String.join(", ", node.labels()))
        + (node.tools().isEmpty() ? "" : "\ntools: " + shown(node.tools()))
        + String.join(
            "", node.problems().stream().map(problem -> "\nproblem: " + problem).toList());
  }

  private static String shown(Map<String, String> tools) {
    return tools.entrySet().stream()
        .map(tool -> tool.getKey() + " " + tool.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Drains a node. */
  @Descriptor("gives a node nothing more until it is resumed; what it holds, it ends")
  public String drain(@Descriptor("its name, host:port") String name) {
    return changed(nodes.drain(name), name);
  }

  /** Resumes a node. */
  @Descriptor("lets a node take work again that was drained or quarantined")
  public String resume(@Descriptor("its name, host:port") String name) {
    return changed(nodes.resume(name), name);
  }

  /** Changes how many work units a node runs at once. */
  @Descriptor("has a node run so many work units at once, from its next heartbeat on")
  public String resize(
      @Descriptor("its name, host:port") String name, @Descriptor("from 1") int count) {
    return changeMaxWorkers(name, count);
  }

  /** Lets a node run as many work units at once as it is configured to. */
  @Descriptor("has a node run as many work units at once as it is configured to")
  public String resize(@Descriptor("its name, host:port") String name) {
    return changeMaxWorkers(name, null);
  }

  private String changeMaxWorkers(String name, Integer count) {
    try {
      return changed(nodes.changeMaxWorkers(name, count), name);
    } catch (InvalidRequestException | ConflictException e) {
      throw new CommandRefusedException(e.getMessage());
    }
  }

  private static String changed(NodeView node, String name) {
    if (node == null) {
      throw noSuchNode(name);
    }
    return shown(node);
  }

  private static CommandRefusedException noSuchNode(String name) {
    return new CommandRefusedException("there is no node " + name);
  }

  /** The actions. */
  @Descriptor("lists what some node can run")
  public Table actions() {
    var table = new Table("action", "version", "stages", "description");
    nodes
        .actions()
        .forEach(
            action ->
                table.row(
                    action.name(),
                    action.version(),
                    (action.splits() ? "split, " : "")
                        + "process"
                        + (action.merges() ? ", merge" : ""),
                    action.description()));
    return table;
  }

  /** The names of the nodes, for the completion of a line. */
  public List<String> __nodes() {
    return nodes.live().stream().map(NodeView::host).toList();
  }

  /** The names of the actions, for the completion of a line. */
  public List<String> __actions() {
    return nodes.actions().stream().map(action -> action.name()).toList();
  }
}
