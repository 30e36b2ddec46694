package org.cloudcrowd.server.rest.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.job.JobList;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitList;
import org.cloudcrowd.protocol.job.WhyView;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.Explanations;
import org.cloudcrowd.server.FileLinks;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.InvalidRequestException.Fault;
import org.cloudcrowd.server.JobSelection;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.rest.faults.Problems;
import org.cloudcrowd.server.rest.filters.CorrelationFilter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code /jobs}. */
@Component(service = JobResource.class)
@Path("jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class JobResource {
  /** The longest multipart form in bytes, which is kept in memory. */
  public static final int MAX_PARTS = 64 * 1024 * 1024;

  /** The header with warnings about accepted options. */
  static final String WARNING = "CloudCrowd-Warning";

  private final Jobs jobs;
  private final Explanations explanations;
  private final ObjectMapper json = WireJson.newMapper();

  @Activate
  public JobResource(@Reference Jobs jobs, @Reference Explanations explanations) {
    this.jobs = jobs;
    this.explanations = explanations;
  }

  /** Submits a job by a JSON body. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "submitJob", summary = "Submits a job", tags = "jobs")
  @ApiResponse(
      responseCode = "201",
      description = "Made.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobView.class)))
  @ApiResponse(responseCode = "400", ref = "Malformed")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobRequest.class)))
  public Response submit(
      JsonNode body,
      @HeaderParam("Idempotency-Key") String key,
      @HeaderParam(CorrelationFilter.HEADER) String correlationId,
      @Context UriInfo uri)
      throws InvalidRequestException {
    JobView job = jobs.submit(correlated(JobRequests.read(body), correlationId), key);
    return Response.created(uri.getAbsolutePathBuilder().path(Long.toString(job.id())).build())
        .entity(job)
        .build();
  }

  /** Submits a job by a Ruby client's form, whose field {@code job} has the JSON. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Hidden
  public Response submitForm(
      @FormParam("job") String form,
      @HeaderParam("Idempotency-Key") String key,
      @HeaderParam(CorrelationFilter.HEADER) String correlationId)
      throws InvalidRequestException, JsonProcessingException {
    return submitOfRuby(form, key, correlationId);
  }

  /** Submits a job by the same form as multipart, which some clients send. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Hidden
  public Response submitParts(
      @Context HttpServletRequest request,
      @HeaderParam("Idempotency-Key") String key,
      @HeaderParam(CorrelationFilter.HEADER) String correlationId)
      throws InvalidRequestException, JsonProcessingException {
    byte[] form;
    try {
      var part = request.getPart("job");
      form = part == null ? null : part.getInputStream().readAllBytes();
    } catch (ServletException | IOException | IllegalStateException e) {
      throw new InvalidRequestException(
          "", "the body is no form in parts, or is longer than " + MAX_PARTS + " bytes");
    }
    return submitOfRuby(form == null ? null : tree(form), key, correlationId);
  }

  private JsonNode tree(byte[] text) throws JsonProcessingException {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response submitOfRuby(String form, String key, String correlationId)
      throws InvalidRequestException, JsonProcessingException {
    return submitOfRuby(form == null ? null : json.readTree(form), key, correlationId);
  }

  private Response submitOfRuby(JsonNode form, String key, String correlationId)
      throws InvalidRequestException {
    if (form == null) {
      throw new InvalidRequestException("/job", "the form has no field 'job' with the job's JSON");
    }
    var warnings = new ArrayList<Fault>();
    var job =
        jobs.submitOfRuby(correlated(JobRequests.read(form), correlationId), key, warnings::add);
    var response = Response.ok(job);
    warnings.forEach(
        warning -> response.header(WARNING, printable(warning.field() + ": " + warning.message())));
    return response.build();
  }

  /** Makes a text valid as the value of a header. */
  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  private static JobRequest correlated(JobRequest request, String ofHeader) {
    return request.correlationId() == null
        ? request.copy().correlationId(ofHeader).build()
        : request;
  }

  /** A page of jobs. */
  @GET
  @Operation(operationId = "listJobs", summary = "A page of jobs, newest first", tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobList.class)))
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public JobList list(
      @QueryParam("status") String status,
      @QueryParam("action") String action,
      @QueryParam("label") List<String> labels,
      @QueryParam("limit") @DefaultValue("100") String limit,
      @QueryParam("after") String after)
      throws InvalidRequestException {
    return jobs.list(new JobSelection(status(status), action, labels(labels)), limit(limit), after);
  }

  private static Map<String, String> labels(List<String> texts) throws InvalidRequestException {
    var labels = new TreeMap<String, String>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new InvalidRequestException(
            "/label", "label must be the name and the value of a label, as in team:maps");
      }
      labels.put(text.substring(0, colon), text.substring(colon + 1));
    }
    return labels;
  }

  private static Status status(String name) throws InvalidRequestException {
    if (name == null) {
      return null;
    }
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "/status",
                    "status must be one of "
                        + Arrays.stream(Status.values())
                            .map(Status::word)
                            .collect(Collectors.joining(", "))));
  }

  private static int limit(String text) throws InvalidRequestException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("/limit", "limit must be a whole number");
    }
  }

  /** A job with its outputs and failures. */
  @GET
  @Path("{id}")
  @Operation(operationId = "getJob", summary = "A job with its outputs and failures", tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobView.class)))
  @ApiResponse(responseCode = "304", description = "As it was.")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public Response get(
      @PathParam("id") String id, @QueryParam("links") String links, @Context Request request)
      throws InvalidRequestException {
    Long known = id(id);
    var wanted = fileLinks(links);
    var job = known == null ? null : jobs.find(known);
    if (job == null) {
      return noSuchJob(id);
    }
    var tag = tag(job);
    var unchanged = tag == null ? null : request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.tag(tag).build();
    }
    var view = job.view(wanted);
    // The tag of the view, which may have changed since the job was found.
    return view == null ? noSuchJob(id) : Response.ok(view).tag(tag(job)).build();
  }

  private static EntityTag tag(Jobs.Found job) {
    var version = job.version();
    return version == null ? null : new EntityTag(version, true);
  }

  /**
   * The kind of links to files.
   *
   * @throws InvalidRequestException if there is no such kind
   */
  static FileLinks fileLinks(String text) throws InvalidRequestException {
    if (text == null) {
      return FileLinks.CONFIGURED;
    }
    if (!text.equals("server")) {
      throw new InvalidRequestException(
          "/links", "links must be 'server', for files by links of this server, or left out");
    }
    return FileLinks.SERVER;
  }

  /** A page of a job's units. */
  @GET
  @Path("{id}/units")
  @Operation(operationId = "listUnits", summary = "A page of a job's work units", tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = UnitList.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "422", ref = "Unprocessable")
  public Response units(
      @PathParam("id") String id,
      @QueryParam("limit") @DefaultValue("100") String limit,
      @QueryParam("after") String after)
      throws InvalidRequestException {
    Long known = id(id);
    var units = known == null ? null : jobs.units(known, limit(limit), after);
    return units == null ? noSuchJob(id) : Response.ok(units).build();
  }

  /** Why a job's units that wait are not running. */
  @GET
  @Path("{id}/why")
  @Operation(
      operationId = "explainJob",
      summary = "Why a job's work units that wait are not running",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = WhyView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response why(@PathParam("id") String id) {
    Long known = id(id);
    var why = known == null ? null : explanations.why(known);
    return why == null ? noSuchJob(id) : Response.ok(why).build();
  }

  /** Cancels a job. */
  @POST
  @Path("{id}/cancel")
  @Operation(operationId = "cancelJob", summary = "Ends a job", tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  public Response cancel(@PathParam("id") String id) throws ConflictException {
    Long known = id(id);
    var job = known == null ? null : jobs.cancel(known);
    return job == null ? noSuchJob(id) : Response.ok(job).build();
  }

  /** Runs the units of a job again that failed or were cancelled. */
  @POST
  @Path("{id}/retry")
  @Operation(
      operationId = "retryJob",
      summary = "Runs the work units again that failed or were cancelled",
      tags = "jobs")
  @ApiResponse(
      responseCode = "200",
      description = "As it is now.",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = JobView.class)))
  @ApiResponse(responseCode = "404", ref = "NotFound")
  @ApiResponse(responseCode = "409", ref = "Conflict")
  public Response retry(@PathParam("id") String id) throws ConflictException {
    Long known = id(id);
    var job = known == null ? null : jobs.retry(known);
    return job == null ? noSuchJob(id) : Response.ok(job).build();
  }

  /** Removes a job, its units and its files. */
  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "deleteJob",
      summary = "Removes a job, its work units and its files",
      tags = "jobs")
  @ApiResponse(responseCode = "204", description = "Gone.")
  @ApiResponse(responseCode = "404", ref = "NotFound")
  public Response delete(@PathParam("id") String id) {
    Long known = id(id);
    return known != null && jobs.delete(known) ? Response.noContent().build() : noSuchJob(id);
  }

  private static Long id(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Response noSuchJob(String id) {
    return Problems.notFound("there is no job " + id);
  }
}
