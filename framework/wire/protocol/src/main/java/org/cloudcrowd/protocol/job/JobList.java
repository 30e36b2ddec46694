package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * A page of jobs, newest first.
 *
 * @param jobs the jobs, without their outputs and failures
 * @param after the cursor of the next page, or null where this page is the last
 */
public record JobList(List<JobView> jobs, String after) {}
