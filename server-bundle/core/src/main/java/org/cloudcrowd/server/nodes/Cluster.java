package org.cloudcrowd.server.nodes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.ActionOffer;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.settings.ServerConfiguration;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.WorkStore;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/** The live nodes of the whole cluster, whichever of its servers they report to. */
@Component(
    service = Cluster.class,
    configurationPid = ServerConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Cluster {
  private final NodeRegistry registry;
  private final WorkStore store;
  private final LiveNodes local;
  private final int leaseSeconds;
  private final ObjectMapper json = WireJson.newMapper();

  /** What a node says of itself beside what it holds. */
  record Description(
      String tag,
      String busy,
      String pull,
      int maxWorkers,
      int capacity,
      List<ActionOffer> actions,
      List<Long> workers,
      List<String> problems) {}

  /** Reads a registry. */
  @Activate
  public Cluster(
      ServerConfiguration configuration,
      @Reference NodeRegistry registry,
      @Reference WorkStore store,
      @Reference LiveNodes local) {
    this.registry = registry;
    this.store = store;
    this.local = local;
    this.leaseSeconds = configuration.lease__seconds();
  }

  /** What the registry keeps of a heartbeat. */
  public String describe(CheckIn checkIn) {
    try {
      return json.writeValueAsString(
          new Description(
              checkIn.tag(),
              checkIn.busy(),
              checkIn.pull(),
              checkIn.maxWorkers(),
              checkIn.capacity(),
              checkIn.actions(),
              checkIn.workers(),
              checkIn.problems()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The nodes that were heard of within the time of a lease, by name. */
  public List<NodeView> nodes() {
    return live().stream().map(this::view).toList();
  }

  private List<KnownNode> live() {
    return registry.heardSince(store.now().minusSeconds(leaseSeconds));
  }

  /** Of a node that reports to this server, more is known than its last heartbeat said. */
  private NodeView view(KnownNode node) {
    var here = local.find(node.name());
    if (here != null && here.run().equals(node.run())) {
      return here.view();
    }
    var description = description(node);
    return new NodeView(
        node.name(),
        description.tag(),
        description.workers(),
        description.busy() == null && node.standing().isGood() ? "available" : "busy",
        description.busy() == null ? node.standing().reason() : description.busy(),
        LiveNode.connection(description.pull()),
        description.maxWorkers(),
        description.actions().stream().map(ActionOffer::name).sorted().toList(),
        description.problems());
  }

  /** What some live node can run, by name; of an action in several versions, the highest. */
  public List<ActionOffer> actions() {
    var byName = new TreeMap<String, ActionOffer>();
    var higher = BinaryOperator.maxBy(Comparator.comparing(Cluster::version));
    for (KnownNode node : live()) {
      description(node).actions().forEach(offer -> byName.merge(offer.name(), offer, higher));
    }
    return List.copyOf(byName.values());
  }

  private static Version version(ActionOffer offer) {
    try {
      return Version.parseVersion(offer.version());
    } catch (IllegalArgumentException e) {
      return Version.emptyVersion;
    }
  }

  private Description description(KnownNode node) {
    try {
      return json.readValue(node.description(), Description.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
