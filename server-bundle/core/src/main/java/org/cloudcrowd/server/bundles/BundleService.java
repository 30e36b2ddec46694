package org.cloudcrowd.server.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.cloudcrowd.protocol.node.BundleState;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.protocol.server.BundleView.OnNode;
import org.cloudcrowd.server.Bundles;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ServerSettings;
import org.cloudcrowd.server.nodes.Cluster;
import org.cloudcrowd.server.nodes.Member;
import org.cloudcrowd.server.transports.NodeCommands;
import org.cloudcrowd.store.DeployedBundles;
import org.cloudcrowd.store.DeployedBundles.DeployedBundle;
import org.cloudcrowd.store.DeployedBundles.Deployment;
import org.cloudcrowd.store.DeployedBundles.NewBundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores deployed bundles, and requests heartbeats of the nodes, whose replies name them. */
@Component
public final class BundleService implements Bundles {
  private static final Logger log = LoggerFactory.getLogger(BundleService.class);

  private final DeployedBundles store;
  private final Cluster cluster;
  private final NodeCommands nodeCommands;
  private final int maxMegabytes;
  private final String deployFrom;

  @Activate
  public BundleService(
      @Reference ServerSettings settings,
      @Reference DeployedBundles store,
      @Reference Cluster cluster,
      @Reference NodeCommands nodeCommands) {
    var configuration = settings.configuration();
    this.store = store;
    this.cluster = cluster;
    this.nodeCommands = nodeCommands;
    maxMegabytes = configuration.max__bundle__megabytes();
    deployFrom = configuration.deploy__from();
  }

  @Override
  public boolean mayBeDeployed(boolean local) {
    return switch (deployFrom) {
      case "anywhere" -> true;
      case "local" -> local;
      default -> false;
    };
  }

  @Override
  public BundleView deploy(InputStream content)
      throws InvalidRequestException, ConflictException, IOException {
    try (var upload = Upload.of(content, maxMegabytes)) {
      var bundle = upload.bundle(upload.read());
      var deployment = store.deploy(bundle, upload::open);
      var there = deployment.bundle();
      refuse(bundle, deployment);
      if (deployment.outcome() == Deployment.Outcome.DEPLOYED) {
        log.info(
            "Bundle {} {} is deployed ({}), SHA-256 {}",
            bundle.symbolicName(),
            bundle.version(),
            String.join(", ", bundle.actions()),
            bundle.sha256());
      }
      nodeCommands.requestHeartbeats();
      return view(there.bundle(), there, cluster.members());
    }
  }

  private static void refuse(NewBundle bundle, Deployment deployment) throws ConflictException {
    var there = deployment.bundle().bundle();
    switch (deployment.outcome()) {
      case VERSION_TAKEN -> throw versionTaken(there);
      case ACTION_TAKEN -> throw actionTaken(bundle, there);
      case DEPLOYED, REPEATED -> {
        // It is there.
      }
    }
  }

  private static ConflictException versionTaken(NewBundle there) {
    return new ConflictException(
        "the bundle "
            + there.symbolicName()
            + " "
            + there.version()
            + " is deployed with other bytes (SHA-256 "
            + there.sha256()
            + "); give this one another version, or undeploy that one first");
  }

  private static ConflictException actionTaken(NewBundle bundle, NewBundle there) {
    var taken = bundle.actions().stream().filter(there.actions()::contains).toList();
    return new ConflictException(
        "the action "
            + String.join(", ", taken)
            + " is brought by the deployed bundle "
            + there.symbolicName()
            + " "
            + there.version()
            + " already; undeploy that one first");
  }

  @Override
  public BundleView tryOut(InputStream content)
      throws InvalidRequestException, ConflictException, IOException {
    try (var upload = Upload.of(content, maxMegabytes)) {
      var read = upload.read();
      var bundle = upload.bundle(read);
      var inTheWay = store.inTheWayOf(bundle);
      if (inTheWay != null) {
        refuse(bundle, inTheWay);
        return view(bundle, inTheWay.bundle(), cluster.members());
      }
      var trial = new Trial(read.headers());
      var members = cluster.members();
      var outcomes =
          nodeCommands.tryOut(members.stream().map(node -> node.view().host()).toList(), trial);
      return new BundleView(
          bundle.sha256(),
          bundle.symbolicName(),
          bundle.version().toString(),
          bundle.isProgram(),
          bundle.actions(),
          bundle.size(),
          null,
          members.stream().map(node -> tried(node, outcomes.get(node.view().host()))).toList());
    }
  }

  private static OnNode tried(Member node, Trial.Outcome outcome) {
    var host = node.view().host();
    if (node.bundles() == null) {
      return refused(host);
    }
    if (outcome == null) {
      return new OnNode(host, "unknown", "this server cannot ask it");
    }
    return new OnNode(
        host,
        outcome.problem() == null ? "resolves" : "failed",
        outcome.problem(),
        outcome.changes());
  }

  private static OnNode refused(String host) {
    return new OnNode(host, "refused", "the node takes no deployed bundles (deployed_bundles)");
  }

  @Override
  public List<BundleView> all() {
    var members = cluster.members();
    return store.all().stream().map(there -> view(there.bundle(), there, members)).toList();
  }

  private static BundleView view(NewBundle bundle, DeployedBundle there, List<Member> members) {
    return new BundleView(
        bundle.sha256(),
        bundle.symbolicName(),
        bundle.version().toString(),
        bundle.isProgram(),
        bundle.actions(),
        bundle.size(),
        there.deployedAt().toString(),
        members.stream().map(node -> onNode(bundle, node)).toList());
  }

  private static OnNode onNode(NewBundle bundle, Member node) {
    var host = node.view().host();
    if (node.bundles() == null) {
      return refused(host);
    }
    return node.bundles().stream()
        .filter(state -> state.sha256().equals(bundle.sha256()))
        .findFirst()
        .map(state -> new OnNode(host, status(state), state.problem()))
        .orElseGet(() -> new OnNode(host, "pending", null));
  }

  private static String status(BundleState state) {
    if (state.problem() != null) {
      return "failed";
    }
    return state.installed() ? "installed" : "pending";
  }

  @Override
  public boolean write(String sha256, OutputStream out) throws IOException {
    return store.write(sha256, out);
  }

  @Override
  public BundleView undeploy(String sha256) {
    var gone = store.undeploy(sha256);
    if (gone == null) {
      return null;
    }
    log.info("Bundle {} {} is undeployed", gone.bundle().symbolicName(), gone.bundle().version());
    nodeCommands.requestHeartbeats();
    return view(gone.bundle(), gone, List.of());
  }
}
