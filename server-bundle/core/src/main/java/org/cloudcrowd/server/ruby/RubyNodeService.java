package org.cloudcrowd.server.ruby;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.server.FailureReason;
import org.cloudcrowd.protocol.server.Heartbeat;
import org.cloudcrowd.protocol.server.Lease;
import org.cloudcrowd.protocol.server.ResultReport;
import org.cloudcrowd.protocol.server.Status;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Results;
import org.cloudcrowd.server.RubyNodes;
import org.cloudcrowd.server.dispatch.RubyNodeClient;
import org.cloudcrowd.server.nodes.LiveNode;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.reports.NodeService;
import org.cloudcrowd.server.settings.ActionNames;
import org.cloudcrowd.server.settings.Stages;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.CurrentLease;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the messages that Ruby nodes do not send: heartbeats with the leases that the database has,
 * and results under them.
 */
@Component(
    service = {RubyNodes.class, RubyNodeService.class},
    configurationPid = RubyConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RubyConfiguration.class)
public final class RubyNodeService implements RubyNodes {
  /** The original's default of workers. */
  private static final int WORKERS = 5;

  private static final Logger log = LoggerFactory.getLogger(RubyNodeService.class);

  /** The term of the lease of a late result, which is accepted right after. */
  private static final Duration LATE_TERM = Duration.ofMinutes(1);

  private static final String BUSY = "it says that it is busy";

  private final NodeService nodes;
  private final LiveNodes live;
  private final Results results;
  private final RubyNodeClient client;
  private final WorkQueries queries;
  private final WorkStore store;
  private final RubyStages stages;
  private final OverdueLeases overdue;
  private final ObjectMapper json = WireJson.newMapper();

  @Activate
  public RubyNodeService(
      RubyConfiguration configuration,
      @Reference NodeService nodes,
      @Reference LiveNodes live,
      @Reference Results results,
      @Reference RubyNodeClient client,
      @Reference WorkQueries queries,
      @Reference WorkStore store) {
    this.nodes = nodes;
    this.live = live;
    this.results = results;
    this.client = client;
    this.queries = queries;
    this.store = store;
    stages = new RubyStages(configuration.stages());
    overdue = new OverdueLeases(Duration.ofSeconds(configuration.unit__seconds()));
  }

  @Override
  public void checkIn(String name, RubyCheckIn checkIn) throws InvalidRequestException {
    int workers = checkIn.maxWorkers() == null ? WORKERS : checkIn.maxWorkers();
    var offers = checkIn.actions().stream().filter(ActionNames::isOne).map(stages::offer).toList();
    if (offers.isEmpty() && !checkIn.actions().isEmpty()) {
      throw new InvalidRequestException(
          "enabled_actions", "the name of an action is " + ActionNames.RULE);
    }
    if (offers.size() < checkIn.actions().size()) {
      log.warn(
          "Ruby node {} offers actions that are left out: the name of an action is {}",
          name,
          ActionNames.RULE);
    }
    heard(
        name,
        new Heartbeat(
            LiveNode.RUBY_INCARNATION,
            checkIn.tag(),
            checkIn.busy() ? BUSY : null,
            null,
            workers,
            workers,
            offers,
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
                .map(RubyNodeService::lease)
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
    if (store.takeBack(List.of(current.lease()), message) > 0) {
      log.warn("{} is queued again: {}", current.lease(), message);
    }
  }

  @Override
  public boolean report(RubyResult result) throws InvalidRequestException {
    var current = queries.currentLease(result.unitId());
    if (current == null
        || !RubyNodeClient.isForRuby(current.lease())
        || isOfEarlier(result, current)) {
      current = result.succeeded() ? leaseAgain(result) : null;
    }
    if (current == null) {
      return false;
    }
    var node = live.find(current.node());
    var reply =
        results.report(
            new ResultReport(
                current.node(),
                node == null ? 0 : node.capacity(),
                List.of(onOurWire(result, current)),
                null));
    return reply.rejected().isEmpty();
  }

  /** Whether the result is of another worker than the one that the node named for the unit. */
  private boolean isOfEarlier(RubyResult result, CurrentLease current) {
    var node = live.find(current.node());
    var worker = node == null ? null : node.workerOf(result.unitId());
    return worker != null && result.pid() != 0 && worker != result.pid();
  }

  /**
   * Leases the unit again for a success of an attempt that was given up; null if a later attempt
   * has ended before.
   */
  private CurrentLease leaseAgain(RubyResult result) {
    var current =
        store.leaseAgain(
            result.unitId(), RubyNodeClient.token(UUID.randomUUID().toString()), LATE_TERM);
    if (current != null) {
      log.info(
          "Worker {} of Ruby node {} has returned the result of work unit {} after it was queued"
              + " again; it counts",
          result.pid(),
          current.node(),
          result.unitId());
    }
    return current;
  }

  private ResultReport.Result onOurWire(RubyResult result, CurrentLease current) {
    return new ResultReport.Result(
        lease(current),
        Stages.status(current.stage()),
        result.succeeded() ? Status.SUCCEEDED : Status.FAILED,
        result.succeeded() ? output(result, current) : null,
        result.succeeded() ? null : FailureReason.FAILED,
        result.succeeded() ? null : result.output().asText(result.output().toString()),
        result.pid(),
        null,
        result.time());
  }

  /** A split that returns something else than a list has one part, as in the original. */
  private JsonNode output(RubyResult result, CurrentLease current) {
    return Stages.status(current.stage()) == Status.SPLITTING && !result.output().isArray()
        ? json.createArrayNode().add(result.output())
        : result.output();
  }

  private static Lease lease(CurrentLease current) {
    return new Lease(current.lease().unitId(), current.lease().attempt(), current.lease().token());
  }
}
