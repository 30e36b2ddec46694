package org.cloudcrowd.itests.inside;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Jobs;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Counts the words of a URL's text by the server's services, as a bundle beside the server would.
 *
 * <p>It is a service of a type of the JDK, because a test outside shares no class of ours with the
 * bundles.
 */
@Component(property = "org.cloudcrowd.itests=job-through-services")
public final class JobThroughServices implements Function<String, Supplier<String>> {
  private final Jobs jobs;

  /** Uses the given jobs. */
  @Activate
  public JobThroughServices(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  /** Submits the job; what is returned says its status and outputs as they are then. */
  @Override
  public Supplier<String> apply(String url) {
    try {
      var request = JobRequest.of("word_count", List.of(TextNode.valueOf(url)), null);
      long job = jobs.submit(request, null).id();
      return () -> shown(jobs.find(job, FileLinks.CONFIGURED));
    } catch (InvalidRequestException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String shown(JobView job) {
    return job.status() + " " + job.outputs();
  }
}
