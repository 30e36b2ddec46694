package org.cloudcrowd.server.rest.resources;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import org.cloudcrowd.protocol.job.JobChanges;
import org.cloudcrowd.protocol.job.JobChanges.Change;
import org.cloudcrowd.protocol.job.JobIds;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.store.StoreException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /jobs/cancel}, {@code retry} and {@code delete}, with the ids of the jobs in the
 * body.
 */
@Component(service = JobChangesResource.class)
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobChangesResource {
  private static final Logger log = LoggerFactory.getLogger(JobChangesResource.class);
  private static final String NOT_NOW = "the database could not do this now; it may be tried again";
  private static final String NO_SUCH_JOB = "there is no job ";

  private final Jobs jobs;

  @Activate
  public JobChangesResource(@Reference Jobs jobs) {
    this.jobs = jobs;
  }

  /** Cancels jobs. */
  @POST
  @Path("cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "cancelJobs",
      summary = "Ends jobs, as far as each allows it",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobChanges.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public JobChanges cancel(JobIds jobIds) throws InvalidRequestException {
    return each(jobIds, id -> shown(id, jobs.cancel(id)));
  }

  /** Runs the units of jobs again that failed or were cancelled. */
  @POST
  @Path("retry")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "retryJobs",
      summary = "Runs the work units of jobs again that failed or were cancelled",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobChanges.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public JobChanges retry(JobIds jobIds) throws InvalidRequestException {
    return each(jobIds, id -> shown(id, jobs.retry(id)));
  }

  /** Deletes jobs, their units and their files. */
  @POST
  @Path("delete")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "deleteJobs",
      summary = "Removes jobs, their work units and their files",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobChanges.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public JobChanges delete(JobIds jobIds) throws InvalidRequestException {
    return each(jobIds, id -> new Change(id, null, jobs.delete(id) ? null : NO_SUCH_JOB + id));
  }

  private interface JobChange {
    Change of(long id) throws ConflictException;
  }

  /** Changes each of the jobs; one that fails does not keep the others from being changed. */
  private static JobChanges each(JobIds jobIds, JobChange change) throws InvalidRequestException {
    if (jobIds == null
        || jobIds.ids() == null
        || jobIds.ids().isEmpty()
        || jobIds.ids().size() > JobIds.MAX
        || jobIds.ids().contains(null)) {
      throw new InvalidRequestException(
          "/ids", "ids must be a list of 1 to " + JobIds.MAX + " ids of jobs");
    }
    var results = new ArrayList<Change>();
    for (long id : jobIds.ids()) {
      try {
        results.add(change.of(id));
      } catch (ConflictException e) {
        results.add(new Change(id, null, e.getMessage()));
      } catch (StoreException e) {
        // The earlier jobs are changed, which must be reported.
        log.error("Job {} could not be changed with others. {}", id, e.getMessage());
        results.add(new Change(id, null, NOT_NOW));
      }
    }
    return new JobChanges(results);
  }

  private static Change shown(long id, JobView job) {
    return job == null
        ? new Change(id, null, NO_SUCH_JOB + id)
        : new Change(id, job.status(), null);
  }
}
