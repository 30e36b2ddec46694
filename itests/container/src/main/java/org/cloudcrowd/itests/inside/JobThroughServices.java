package org.cloudcrowd.itests.inside;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.Function;
import org.cloudcrowd.protocol.server.JobRequest;
import org.cloudcrowd.protocol.server.JobView;
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
public final class JobThroughServices implements Function<String, String> {
  private static final long LOOK_EVERY_MILLIS = 20;

  private final Jobs jobs;

  /** Uses the given jobs. */
  @Activate
  public JobThroughServices(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  /** Submits the job, waits for its end, and says its status and outputs. */
  @Override
  public String apply(String url) {
    try {
      var request = new JobRequest("word_count", List.of(TextNode.valueOf(url)), null, null, null);
      JobView job = jobs.submit(request);
      while (!job.status().isComplete()) {
        Thread.sleep(LOOK_EVERY_MILLIS);
        job = jobs.find(job.id());
      }
      return job.status() + " " + job.outputs();
    } catch (InvalidRequestException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
