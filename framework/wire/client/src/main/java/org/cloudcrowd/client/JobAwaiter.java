package org.cloudcrowd.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.server.EventKind;

/** Waits for the end of a job. */
final class JobAwaiter {
  private static final Set<EventKind> KINDS = EnumSet.of(EventKind.JOB, EventKind.JOB_GONE);
  private static final long PAUSE_MILLIS = 250;

  private final CrowdClient client;
  private final ObjectMapper json;

  JobAwaiter(CrowdClient client, ObjectMapper json) {
    this.client = client;
    this.json = json;
  }

  JobView await(long jobId, Consumer<JobView> progress) throws IOException, InterruptedException {
    while (true) {
      boolean saidSomething = awaitByEvents(jobId, progress);
      var job = client.job(jobId);
      progress.accept(job);
      if (job.status().isComplete()) {
        return job;
      }
      if (!saidSomething) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  /**
   * Returns when the job may be complete, or the stream has ended.
   *
   * @return whether there was a stream
   */
  private boolean awaitByEvents(long jobId, Consumer<JobView> progress)
      throws InterruptedException {
    try (var events = client.events(KINDS, jobId, null)) {
      boolean isFirst = true;
      for (var event = events.next(); event != null; event = events.next()) {
        if (event.kind() == null && isFirst) {
          // From here on no event is missed; for earlier changes the job is read.
          isFirst = false;
          if (client.job(jobId).status().isComplete()) {
            return true;
          }
        } else if (event.kind() != EventKind.JOB) {
          return true;
        } else {
          var job = json.treeToValue(event.data(), JobView.class);
          if (job.status().isComplete()) {
            return true;
          }
          progress.accept(job);
        }
      }
      return false;
    } catch (IOException e) {
      // The caller finds out whether the server is available by reading the job.
      return false;
    }
  }
}
