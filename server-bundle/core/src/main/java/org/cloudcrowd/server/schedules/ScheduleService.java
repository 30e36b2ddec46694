package org.cloudcrowd.server.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.ScheduleRequest;
import org.cloudcrowd.protocol.job.ScheduleView;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.Jobs;
import org.cloudcrowd.server.Schedules;
import org.cloudcrowd.store.EachAlone;
import org.cloudcrowd.store.ScheduleStore;
import org.cloudcrowd.store.ScheduleStore.Schedule;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores schedules, and submits their jobs. */
@Component(service = {Schedules.class, ScheduleService.class})
public final class ScheduleService implements Schedules {
  private static final Logger log = LoggerFactory.getLogger(ScheduleService.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");
  private static final String LABEL = JobRequest.SCHEDULE_LABEL;
  private static final String UTC = "UTC";

  private final ScheduleStore schedules;
  private final WorkStore store;
  private final Jobs jobs;
  private final ObjectMapper json = WireJson.newMapper();

  @Activate
  public ScheduleService(
      @Reference ScheduleStore schedules, @Reference WorkStore store, @Reference Jobs jobs) {
    this.schedules = schedules;
    this.store = store;
    this.jobs = jobs;
  }

  @Override
  public ScheduleView add(ScheduleRequest request)
      throws InvalidRequestException, ConflictException {
    if (!isName(request.name())) {
      throw new InvalidRequestException(
          "/name",
          "name must have 1 to 100 letters, digits, underscores, dots and hyphens, and be neither"
              + " '.' nor '..'");
    }
    var zone = Objects.requireNonNullElse(request.timeZone(), UTC);
    var now = store.now();
    var next = CronTimes.read(request.cron(), zone).after(now);
    if (next == null) {
      throw new InvalidRequestException(
          "/cron", "'" + request.cron() + "' never comes: there is no such day");
    }
    check(request.job());
    var schedule =
        new Schedule(
            request.name(), request.cron(), zone, text(request.job()), now, next, null, null, null);
    if (!schedules.add(schedule)) {
      throw new ConflictException("there is a schedule " + request.name() + " already");
    }
    log.info("Schedule {}: {} each '{}'", request.name(), request.job().action(), request.cron());
    return view(schedule);
  }

  /** Names of one or two dots would be other paths. */
  private static boolean isName(String text) {
    return text != null && NAME.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  private void check(JobRequest job) throws InvalidRequestException {
    if (job.notBefore() != null) {
      throw new InvalidRequestException(
          "/job/not_before", "cron says when the job begins; not_before cannot be said as well");
    }
    if (job.after() != null) {
      throw new InvalidRequestException(
          "/job/after", "a job that is submitted again and again can wait for no other");
    }
    if (job.labels() != null && job.labels().containsKey(LABEL)) {
      throw new InvalidRequestException(
          "/job/labels/" + LABEL,
          "the label " + LABEL + " names the schedule that a job comes of, and is given by it");
    }
    try {
      jobs.check(job);
    } catch (InvalidRequestException e) {
      throw new InvalidRequestException("/job" + e.field(), e.getMessage());
    }
  }

  @Override
  public List<ScheduleView> all() {
    return schedules.all().stream().map(this::view).toList();
  }

  @Override
  public ScheduleView find(String name) {
    return viewOrNull(found(name));
  }

  private Schedule found(String name) {
    return isName(name) ? schedules.find(name) : null;
  }

  @Override
  public ScheduleView pause(String name) {
    return isName(name) ? viewOrNull(schedules.change(name, null)) : null;
  }

  @Override
  public ScheduleView resume(String name) {
    var schedule = found(name);
    return schedule == null
        ? null
        : viewOrNull(schedules.change(name, next(schedule, store.now())));
  }

  @Override
  public JobView run(String name) throws InvalidRequestException {
    var schedule = found(name);
    return schedule == null ? null : jobs.submit(job(schedule), null);
  }

  @Override
  public boolean remove(String name) {
    return isName(name) && schedules.remove(name);
  }

  /**
   * Submits the jobs of the schedules that are due. Times that were missed while no server ran are
   * made up for by one job. A crash between a job and its record, or another server, makes no
   * second job: the time is the job's idempotency key.
   *
   * @param limit how many at most
   */
  void runDue(int limit) {
    EachAlone.forEach(schedules.due(limit), this::runDue, this::putOff);
  }

  private void runDue(Schedule due) {
    Long jobId = null;
    String problem = null;
    try {
      var key = "schedule " + due.name() + " " + due.createdAt() + " " + due.nextAt();
      jobId = jobs.submit(job(due), key).id();
    } catch (InvalidRequestException e) {
      problem = e.getMessage();
      log.error("The job of schedule {} cannot be submitted: {}", due.name(), problem);
    }
    schedules.ran(due, next(due, store.now()), jobId, problem);
  }

  /** Pauses a schedule whose job cannot be submitted, so that it does not stay due for ever. */
  private void putOff(Schedule due, RuntimeException cause) {
    log.error("Schedule {} cannot be run, and is paused", due.name(), cause);
    schedules.ran(due, null, null, "it cannot be run, and is paused; the server's log says why");
  }

  private static Instant next(Schedule schedule, Instant now) {
    try {
      return CronTimes.read(schedule.cron(), schedule.zone()).after(now);
    } catch (InvalidRequestException e) {
      throw new IllegalStateException(e);
    }
  }

  private JobRequest job(Schedule schedule) {
    try {
      var job = json.readValue(schedule.job(), JobRequest.class);
      var labels = new TreeMap<String, String>();
      if (job.labels() != null) {
        labels.putAll(job.labels());
      }
      labels.put(LABEL, schedule.name());
      return job.copy().labels(labels).build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(JobRequest job) {
    try {
      return json.writeValueAsString(job);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ScheduleView viewOrNull(Schedule schedule) {
    return schedule == null ? null : view(schedule);
  }

  private ScheduleView view(Schedule schedule) {
    try {
      return new ScheduleView(
          schedule.name(),
          schedule.cron(),
          schedule.zone(),
          schedule.nextAt() == null,
          shown(schedule.nextAt()),
          shown(schedule.lastAt()),
          schedule.lastJobId(),
          schedule.problem(),
          json.readValue(schedule.job(), JobRequest.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Instant time) {
    return time == null ? null : time.toString();
  }
}
