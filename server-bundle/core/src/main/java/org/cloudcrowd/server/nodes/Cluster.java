package org.cloudcrowd.server.nodes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.AdvertisedAction;
import org.cloudcrowd.protocol.server.BundleState;
import org.cloudcrowd.protocol.server.FileProblem;
import org.cloudcrowd.protocol.server.Heartbeat;
import org.cloudcrowd.protocol.server.NodeView;
import org.cloudcrowd.protocol.server.UnitInWorker;
import org.cloudcrowd.server.settings.ServerSettings;
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

  /** What the registry keeps of a heartbeat: all but its leases. */
  record Description(
      String tag,
      String busy,
      String pull,
      int maxWorkers,
      int capacity,
      List<AdvertisedAction> actions,
      List<Long> workers,
      List<UnitInWorker> running,
      List<String> labels,
      Map<String, String> tools,
      List<FileProblem> problems,
      List<BundleState> bundles) {}

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

  /** Writes the description of a node from its heartbeat. */
  public String describe(Heartbeat heartbeat) {
    try {
      return json.writeValueAsString(
          new Description(
              heartbeat.tag(),
              heartbeat.busy(),
              heartbeat.pull(),
              heartbeat.maxWorkers(),
              heartbeat.capacity(),
              heartbeat.actions(),
              heartbeat.workers(),
              heartbeat.running(),
              heartbeat.labels(),
              heartbeat.tools(),
              heartbeat.problems(),
              heartbeat.bundles()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last heartbeat of a node, without its leases. */
  public Heartbeat heartbeat(KnownNode node) {
    var description = description(node);
    return new Heartbeat(
        node.incarnation(),
        description.tag(),
        description.busy(),
        description.pull(),
        description.maxWorkers(),
        description.capacity(),
        description.actions(),
        description.workers(),
        description.running(),
        description.labels(),
        description.tools(),
        description.problems(),
        description.bundles(),
        List.of());
  }

  /** The nodes whose last heartbeat came within the term of a lease, by name. */
  public List<Member> members() {
    return live().stream().filter(this::isReadable).map(this::member).toList();
  }

  /** Whether a live node is a Ruby node. */
  public boolean isRuby(String name) {
    return live().stream()
        .anyMatch(
            node ->
                node.name().equals(name) && node.incarnation().equals(LiveNode.RUBY_INCARNATION));
  }

  private List<KnownNode> live() {
    return registry.heardSince(store.now().minusSeconds(leaseSeconds));
  }

  /** This server knows more of the nodes that report to it than their last heartbeat. */
  private Member member(KnownNode node) {
    var description = description(node);
    var here = local.find(node.name());
    var view =
        here != null && here.incarnation().equals(node.incarnation())
            ? here.view()
            : view(node, description);
    return new Member(
        view,
        description.actions(),
        description.problems(),
        description.bundles(),
        node.incarnation().equals(LiveNode.RUBY_INCARNATION));
  }

  private static NodeView view(KnownNode node, Description description) {
    return new NodeView(
        node.name(),
        description.tag(),
        description.workers(),
        description.running(),
        description.busy() == null && node.eligibility().isEligible() ? "available" : "busy",
        description.busy() == null ? node.eligibility().reason() : description.busy(),
        LiveNode.connection(description.pull()),
        description.maxWorkers(),
        AdvertisedActions.names(description.actions()),
        description.labels(),
        description.tools(),
        AdvertisedActions.sentences(description.problems()));
  }

  /** The actions that live nodes advertise, by name, and of one name the highest version first. */
  public List<AdvertisedAction> actions() {
    var offers = new TreeMap<AdvertisedAction, AdvertisedAction>(AdvertisedActions.HIGHEST_FIRST);
    live().stream()
        .filter(this::isReadable)
        .map(this::description)
        .map(Description::actions)
        .flatMap(List::stream)
        .forEach(offer -> offers.putIfAbsent(offer, offer));
    return List.copyOf(offers.values());
  }

  /**
   * A description that cannot be read, for example of a later version, does not hide the other
   * nodes.
   */
  private boolean isReadable(KnownNode node) {
    try {
      return description(node).actions() != null;
    } catch (UncheckedIOException e) {
      if (unreadable.add(node.name())) {
        log.error("What node {} says of itself cannot be read; it is left out", node.name(), e);
      }
      return false;
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
