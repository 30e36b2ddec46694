package org.cloudcrowd.server.ruby;

import java.time.Duration;
import java.util.List;
import org.cloudcrowd.protocol.node.Heartbeat;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Results;
import org.cloudcrowd.server.RubyNodes;
import org.cloudcrowd.server.config.ActionNames;
import org.cloudcrowd.server.membership.NodeService;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.nodes.NodeKind;
import org.cloudcrowd.server.transports.RubyForms;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.CurrentLease;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the messages that Ruby nodes do not send: heartbeats with the leases that the database has,
 * and results under them.
 */
@Component(service = {RubyNodes.class, RubyNodeService.class})
public final class RubyNodeService implements RubyNodes {
  /** The original's default of workers. */
  private static final int WORKERS = 5;

  private static final Logger log = LoggerFactory.getLogger(RubyNodeService.class);

  private static final String BUSY = "it says that it is busy";

  private final NodeService nodes;
  private final LiveNodes live;
  private final RubyResults results;
  private final RubyForms client;
  private final WorkQueries queries;
  private final WorkStore store;
  private final RubyStages stages;
  private final OverdueLeases overdue;

  @Activate
  public RubyNodeService(
      @Reference RubySettings settings,
      @Reference NodeService nodes,
      @Reference LiveNodes live,
      @Reference Results results,
      @Reference RubyForms client,
      @Reference WorkQueries queries,
      @Reference WorkStore store) {
    var configuration = settings.configuration();
    this.nodes = nodes;
    this.live = live;
    this.results = new RubyResults(queries, store, live, results, client::token);
    this.client = client;
    this.queries = queries;
    this.store = store;
    stages = new RubyStages(configuration.stages());
    overdue = new OverdueLeases(Duration.ofSeconds(configuration.unit__seconds()));
  }

  @Override
  public void checkIn(String name, RubyCheckIn checkIn) throws InvalidRequestException {
    int workers = checkIn.maxWorkers() == null ? WORKERS : checkIn.maxWorkers();
    var advertised =
        checkIn.actions().stream().filter(ActionNames::isOne).map(stages::advertised).toList();
    if (advertised.isEmpty() && !checkIn.actions().isEmpty()) {
      throw new InvalidRequestException(
          "enabled_actions", "the name of an action is " + ActionNames.RULE);
    }
    if (advertised.size() < checkIn.actions().size()) {
      log.warn(
          "Ruby node {} advertises actions that are left out: the name of an action is {}",
          name,
          ActionNames.RULE);
    }
    heard(
        name,
        new Heartbeat(
            NodeKind.RUBY_INCARNATION,
            checkIn.tag(),
            checkIn.busy() ? BUSY : null,
            null,
            workers,
            workers,
            advertised,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            List.of()));
  }

  /** Records that the node answered; it is as before but for its leases. */
  void heard(String name, Heartbeat before) throws InvalidRequestException {
    var leases = queries.leasesOf(name);
    var tooLong = overdue.of(leases, store.now());
    tooLong.forEach(current -> takeBack(name, current));
    nodes.heartbeatOfRuby(
        name,
        before.holding(
            leases.stream()
                // The node may not have got these units, so their leases are not renewed.
                .filter(
                    current -> !tooLong.contains(current) && !client.isDoubtful(current.lease()))
                .map(CurrentLease::lease)
                .toList()));
  }

  private void takeBack(String name, CurrentLease current) {
    var node = live.find(name);
    var worker = node == null ? null : node.workerOf(current.lease().unitId());
    var message =
        "Ruby node "
            + name
            + " had the work unit for longer than unit_seconds allows ("
            + overdue.allowed(current).toSeconds()
            + " s); "
            + (worker == null ? "a worker" : "worker " + worker)
            + " may still run it, and its result counts if it comes first";
    if (worker != null) {
      results.giveUp(current.lease().unitId(), worker);
    }
    if (store.takeBack(List.of(current.lease()), message) > 0) {
      log.warn("{} is queued again: {}", current.lease(), message);
    }
  }

  @Override
  public boolean report(RubyResult result) throws InvalidRequestException {
    return results.report(result);
  }
}
