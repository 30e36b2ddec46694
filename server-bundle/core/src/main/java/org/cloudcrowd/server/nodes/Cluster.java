package org.cloudcrowd.server.nodes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.NodeRegistry.KnownNode;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live nodes of the whole cluster, whichever of its servers they report to. */
@Component(service = Cluster.class)
public final class Cluster {
  private static final Logger log = LoggerFactory.getLogger(Cluster.class);

  private final NodeRegistry registry;
  private final WorkStore store;
  private final LiveNodes local;
  private final int leaseSeconds;
  private final ObjectMapper json = WireJson.newMapper();
  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

  @Activate
  public Cluster(
      @Reference ServerSettings settings,
      @Reference NodeRegistry registry,
      @Reference WorkStore store,
      @Reference LiveNodes local) {
    this.registry = registry;
    this.store = store;
    this.local = local;
    this.leaseSeconds = settings.configuration().lease__seconds();
  }

  /** Writes the description of a node: its heartbeat without its leases. */
  public String describe(Heartbeat heartbeat) {
    try {
      return json.writeValueAsString(heartbeat.holding(List.of()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last heartbeat of a node, without its leases. */
  public Heartbeat heartbeat(KnownNode node) {
    try {
      var heartbeat = json.readValue(node.description(), Heartbeat.class);
      return heartbeat.withIncarnation(node.incarnation()).holding(List.of());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The nodes whose last heartbeat came within the term of a lease, by name. */
  public List<Member> members() {
    return live().stream().filter(this::isReadable).map(this::member).toList();
  }

  /** The kind of a live node; null if there is none of this name. */
  public NodeKind kind(String name) {
    return live().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> NodeKind.of(node.incarnation()))
        .findFirst()
        .orElse(null);
  }

  private List<KnownNode> live() {
    return registry.heardSince(store.now().minusSeconds(leaseSeconds));
  }

  /** This server knows more of the nodes that report to it than their last heartbeat. */
  private Member member(KnownNode node) {
    var heartbeat = heartbeat(node);
    var here = local.find(node.name());
    var view =
        here != null && here.incarnation().equals(node.incarnation())
            ? here.view()
            : view(node, heartbeat);
    return new Member(
        view,
        heartbeat.actions(),
        heartbeat.problems(),
        heartbeat.bundles(),
        NodeKind.of(node.incarnation()) == NodeKind.RUBY);
  }

  private static NodeView view(KnownNode node, Heartbeat heartbeat) {
    return new NodeView(
        node.name(),
        heartbeat.tag(),
        heartbeat.workers(),
        heartbeat.running(),
        heartbeat.busy() == null && node.eligibility().isEligible() ? "available" : "busy",
        heartbeat.busy() == null ? node.eligibility().reason() : heartbeat.busy(),
        LiveNode.connection(heartbeat.pull()),
        heartbeat.maxWorkers(),
        AdvertisedActions.names(heartbeat.actions()),
        heartbeat.labels(),
        heartbeat.tools(),
        AdvertisedActions.sentences(heartbeat.problems()));
  }

  /** The actions that live nodes advertise, by name, and of one name the highest version first. */
  public List<AdvertisedAction> actions() {
    var advertised =
        new TreeMap<AdvertisedAction, AdvertisedAction>(AdvertisedActions.HIGHEST_FIRST);
    live().stream()
        .filter(this::isReadable)
        .map(this::heartbeat)
        .map(Heartbeat::actions)
        .flatMap(List::stream)
        .forEach(action -> advertised.putIfAbsent(action, action));
    return List.copyOf(advertised.values());
  }

  /**
   * A description that cannot be read, for example of a later version, does not hide the other
   * nodes.
   */
  private boolean isReadable(KnownNode node) {
    try {
      return heartbeat(node).actions() != null;
    } catch (UncheckedIOException e) {
      if (unreadable.add(node.name())) {
        log.error("What node {} says of itself cannot be read; it is left out", node.name(), e);
      }
      return false;
    }
  }
}
