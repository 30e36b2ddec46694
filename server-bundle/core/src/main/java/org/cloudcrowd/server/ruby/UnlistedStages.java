package org.cloudcrowd.server.ruby;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudcrowd.server.nodes.LiveNodes;
import org.cloudcrowd.server.nodes.Member;
import org.cloudcrowd.server.nodes.NodeKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of actions that only Ruby nodes advertise and whose stages are not listed: their split or
 * merge is left out, and their jobs succeed with other outputs than at a Ruby server. May be used
 * by any number of threads.
 */
@Component(service = UnlistedStages.class)
public final class UnlistedStages {
  private static final Logger log = LoggerFactory.getLogger(UnlistedStages.class);

  private final RubyStages stages;
  private final LiveNodes local;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  @Activate
  public UnlistedStages(@Reference RubySettings settings, @Reference LiveNodes local) {
    stages = new RubyStages(settings.configuration().stages());
    this.local = local;
  }

  /** Logs a warning at the first job of such an action. */
  public void warnOnce(long jobId, String action) {
    if (stages.isListed(action) || warned.contains(action)) {
      return;
    }
    // Only the nodes that report to this server, so that no job costs a query.
    var offering =
        local.all().stream().filter(node -> node.versions().containsKey(action)).toList();
    if (isRubys(offering.stream().map(node -> node.kind() == NodeKind.RUBY).toList())
        && warned.add(action)) {
      log.warn("Job {}: {}", jobId, sentence(action));
    }
  }

  /**
   * The warning for the jobs of an action; null where there is none.
   *
   * @param members the live nodes of the cluster
   */
  public String warning(String action, List<Member> members) {
    var offering =
        members.stream()
            .filter(node -> node.view().actions().contains(action))
            .map(Member::isRuby)
            .toList();
    return isRubys(offering) && !stages.isListed(action) ? sentence(action) : null;
  }

  private static boolean isRubys(List<Boolean> offering) {
    return !offering.isEmpty() && !offering.contains(false);
  }

  private static String sentence(String action) {
    return "only Ruby nodes advertise "
        + action
        + ", and stages of etc/org.cloudcrowd.ruby.cfg does not list it: a split or merge that it"
        + " has is left out. List it there as "
        + action
        + ":split+merge, with the stages that it has, or as "
        + action
        + " alone where it has neither";
  }
}
