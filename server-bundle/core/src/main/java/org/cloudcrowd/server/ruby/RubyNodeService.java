package org.cloudcrowd.server.ruby;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.ruby.RubyCheckIn;
import org.cloudcrowd.protocol.ruby.RubyResult;
import org.cloudcrowd.protocol.server.CheckIn;
import org.cloudcrowd.protocol.server.FailureReason;
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
import org.cloudcrowd.store.WorkQueries.Loan;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks for Ruby nodes in the words of ours: with the leases that the database knows. */
@Component(
    service = {RubyNodes.class, RubyNodeService.class},
    configurationPid = RubyConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RubyConfiguration.class)
public final class RubyNodeService implements RubyNodes {
  /** As many as the original has where nothing is configured. */
  private static final int WORKERS = 5;

  private static final Logger log = LoggerFactory.getLogger(RubyNodeService.class);
  private static final String BUSY = "it says that it is busy";

  private final NodeService nodes;
  private final LiveNodes live;
  private final Results results;
  private final RubyNodeClient client;
  private final WorkQueries queries;
  private final WorkStore store;
  private final RubyStages stages;
  private final Duration longest;
  private final ObjectMapper json = WireJson.newMapper();

  /** Reports for them where ours report. */
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
    longest = Duration.ofSeconds(configuration.unit__seconds());
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
        new CheckIn(
            LiveNode.RUBY_RUN,
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

  /** It was heard of, and is as it was before in all but its leases. */
  void heard(String name, CheckIn before) throws InvalidRequestException {
    nodes.checkInRuby(name, before.holding(renewable(name)));
  }

  /**
   * Its leases, but those that it may never have got and those that it has for too long: they end
   * where nobody renews them.
   */
  private List<Lease> renewable(String name) {
    var tooOld = store.now().minus(longest);
    return queries.loansTo(name).stream()
        .filter(loan -> loan.since().isAfter(tooOld) && !client.isDoubtful(loan.lease()))
        .map(RubyNodeService::lease)
        .toList();
  }

  @Override
  public boolean report(RubyResult result) throws InvalidRequestException {
    var loan = queries.loan(result.unitId());
    if (loan == null || !RubyNodeClient.isForRuby(loan.lease())) {
      return false;
    }
    var node = live.find(loan.node());
    var worker = node == null ? null : node.workerOf(result.unitId());
    if (worker != null && result.pid() != 0 && worker != result.pid()) {
      // Another worker had the unit before, and comes too late.
      return false;
    }
    var reply =
        results.report(
            new ResultReport(
                loan.node(),
                node == null ? 0 : node.capacity(),
                List.of(onOurWire(result, loan)),
                null));
    return reply.refused().isEmpty();
  }

  private ResultReport.Result onOurWire(RubyResult result, Loan loan) {
    return new ResultReport.Result(
        lease(loan),
        Stages.status(loan.stage()),
        result.succeeded() ? Status.SUCCEEDED : Status.FAILED,
        result.succeeded() ? output(result, loan) : null,
        result.succeeded() ? null : FailureReason.FAILED,
        result.succeeded() ? null : result.output().asText(result.output().toString()),
        result.pid(),
        null,
        result.time());
  }

  /** A split that returns one thing has one part, as in the original. */
  private JsonNode output(RubyResult result, Loan loan) {
    return Stages.status(loan.stage()) == Status.SPLITTING && !result.output().isArray()
        ? json.createArrayNode().add(result.output())
        : result.output();
  }

  private static Lease lease(Loan loan) {
    return new Lease(loan.lease().unitId(), loan.lease().attempt(), loan.lease().token());
  }
}
