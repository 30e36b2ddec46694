package org.cloudcrowd.protocol.server;

import java.util.List;
import org.cloudcrowd.protocol.job.JobView;

/**
 * The cluster at a glance.
 *
 * @param jobs the jobs that are not complete, oldest first, at most {@value #MAX_JOBS}
 * @param nodes the live nodes
 * @param jobCount how many jobs are not complete
 * @param workUnitCount how many units are not complete
 * @param faults what keeps the server that answers from doing its work, a sentence for each; null
 *     where nothing does
 */
public record StatusView(
    List<JobView> jobs,
    List<NodeView> nodes,
    long jobCount,
    long workUnitCount,
    List<String> faults) {
  /** How many jobs a status shows. */
  public static final int MAX_JOBS = 100;

  /** Of a server that does its work. */
  public StatusView(List<JobView> jobs, List<NodeView> nodes, long jobCount, long workUnitCount) {
    this(jobs, nodes, jobCount, workUnitCount, null);
  }
}
