package org.cloudcrowd.server.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.WhyView;
import org.cloudcrowd.protocol.job.WhyView.Group;
import org.cloudcrowd.protocol.job.WhyView.NodeReason;
import org.cloudcrowd.server.Explanations;
import org.cloudcrowd.server.config.ActionPolicies;
import org.cloudcrowd.server.config.JobStates;
import org.cloudcrowd.server.nodes.Cluster;
import org.cloudcrowd.server.nodes.Member;
import org.cloudcrowd.server.ruby.UnlistedStages;
import org.cloudcrowd.store.Blacklist;
import org.cloudcrowd.store.WorkQueries;
import org.cloudcrowd.store.WorkQueries.OpenUnits;
import org.cloudcrowd.store.job.Job;
import org.cloudcrowd.store.state.JobState;
import org.cloudcrowd.store.unit.UnitLimit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Explains from the queue, the policies and the nodes why units do not run. */
@Component
public final class ExplanationService implements Explanations {
  private final WorkQueries queries;
  private final Blacklist blacklist;
  private final ActionPolicies policies;
  private final Cluster cluster;
  private final UnlistedStages unlisted;

  @Activate
  public ExplanationService(
      @Reference WorkQueries queries,
      @Reference Blacklist blacklist,
      @Reference ActionPolicies policies,
      @Reference Cluster cluster,
      @Reference UnlistedStages unlisted) {
    this.queries = queries;
    this.blacklist = blacklist;
    this.policies = policies;
    this.cluster = cluster;
    this.unlisted = unlisted;
  }

  @Override
  public WhyView why(long jobId) {
    var job = queries.job(jobId);
    if (job == null) {
      return null;
    }
    var members = cluster.members();
    var warning = unlisted.warning(job.action(), members);
    if (job.progress().state() == JobState.WAITING) {
      return new WhyView(jobId, Status.WAITING, List.of(waiting(job)), warning);
    }
    var groups =
        queries.openUnits(jobId).stream().map(units -> group(job, units, members)).toList();
    return new WhyView(jobId, JobStates.status(job.progress().state()), groups, warning);
  }

  private Group waiting(Job job) {
    var begun = queries.begun(job.prerequisites().after());
    var reasons =
        job.prerequisites().after().stream()
            .map(queries::job)
            .filter(Objects::nonNull)
            .filter(predecessor -> predecessor.progress().state() != JobState.SUCCEEDED)
            .map(
                predecessor ->
                    "it waits for job "
                        + predecessor.id()
                        + ", which is "
                        + JobStates.status(predecessor.progress().state())
                            .word(begun.contains(predecessor.id())))
            .collect(Collectors.toCollection(ArrayList::new));
    if (job.prerequisites().action()) {
      reasons.add("it waits until a node advertises the action " + job.action());
    }
    if (job.prerequisites().notBefore() != null) {
      reasons.add("it does not begin before " + job.prerequisites().notBefore());
    }
    return new Group(
        Status.WAITING,
        "waiting",
        job.progress().units(),
        reasons.isEmpty() ? "it is about to begin" : String.join("; ", reasons),
        List.of());
  }

  private Group group(Job job, OpenUnits units, List<Member> members) {
    var reason =
        switch (units.state()) {
          case THROTTLED -> "the job's own max_running or max_per_second holds them back";
          case DELAYED ->
              "an attempt failed; the next of the first of them begins at " + units.availableAt();
          case QUEUED -> reasonForAll(job.action(), members);
          case RUNNING -> "they run";
          case WAITING -> "the job is about to begin";
          case SUCCEEDED, FAILED, CANCELLED -> null;
        };
    var reasons = new NodeReasons(job.action(), job.versionRange());
    List<NodeReason> ofNodes =
        reason == null
            ? members.stream().map(node -> reasons.of(node, units.failedOn())).toList()
            : List.of();
    return new Group(
        Status.of(units.stage()),
        units.state().name().toLowerCase(Locale.ROOT),
        units.count(),
        reason,
        ofNodes);
  }

  private String reasonForAll(String action, List<Member> members) {
    var blocked =
        blacklist.entries().stream().filter(entry -> entry.action().equals(action)).findFirst();
    if (blocked.isPresent()) {
      var end = blocked.get().endsAt();
      return "the action " + action + " is on the blacklist" + (end == null ? "" : " until " + end);
    }
    var limit = policies.limits(List.of(action)).getOrDefault(action, UnitLimit.NONE);
    long running = limit.maxRunning() == Integer.MAX_VALUE ? 0 : queries.running(action);
    if (running >= limit.maxRunning()) {
      return "at most "
          + limit.maxRunning()
          + " work units of "
          + action
          + " may run at once, and as many do";
    }
    if (members.isEmpty()) {
      return "no node is here";
    }
    return null;
  }
}
