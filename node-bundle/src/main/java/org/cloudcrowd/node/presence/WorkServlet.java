package org.cloudcrowd.node.presence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.cloudcrowd.node.actions.Trials;
import org.cloudcrowd.node.server.NodeIdentity;
import org.cloudcrowd.node.server.ServerLink;
import org.cloudcrowd.node.units.UnitRunners;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Trial;
import org.cloudcrowd.protocol.ruby.Form;
import org.cloudcrowd.protocol.ruby.RubyUnit;
import org.cloudcrowd.protocol.server.Problem;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * Serves the requests of a server: {@code POST /work}, {@code POST /trial}, {@code GET /heartbeat}.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletName(WorkServlet.NAME)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardTarget("(org.apache.felix.http.name=node)")
public final class WorkServlet extends HttpServlet {
  static final String NAME = "cloudcrowd-node";

  private static final long serialVersionUID = 1L;
  private static final int UNPROCESSABLE = 422;

  private final transient UnitRunners runners;
  private final transient NodeIdentity identity;
  private final transient HeartbeatTrigger trigger;
  private final transient Trials trials;
  private final transient ServerLink server;
  private final transient ObjectMapper json = WireJson.newMapper();

  @Activate
  public WorkServlet(
      @Reference UnitRunners runners,
      @Reference NodeIdentity identity,
      @Reference HeartbeatTrigger trigger,
      @Reference Trials trials,
      @Reference ServerLink server) {
    this.runners = runners;
    this.identity = identity;
    this.trigger = trigger;
    this.trials = trials;
    this.server = server;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!"/heartbeat".equals(request.getPathInfo())) {
      notFound(request, response);
      return;
    }
    response.setHeader(WireJson.INCARNATION_HEADER, identity.incarnation());
    response.setContentType("text/plain;charset=utf-8");
    response.getOutputStream().write("buh-bump".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      switch (String.valueOf(request.getPathInfo())) {
        case "/work" -> {
          if (String.valueOf(request.getContentType()).startsWith(Form.MEDIA_TYPE)) {
            takeFromRuby(request, response);
            return;
          }
          take(json.readValue(request.getInputStream(), Dispatch.class), response);
        }
        case "/trial" -> tryOut(json.readValue(request.getInputStream(), Trial.class), response);
        default -> notFound(request, response);
      }
    } catch (JsonProcessingException e) {
      problem(
          response, HttpServletResponse.SC_BAD_REQUEST, "Malformed JSON", JsonFaults.sentence(e));
    }
  }

  private void tryOut(Trial trial, HttpServletResponse response) throws IOException {
    if (trial == null || trial.headers() == null) {
      problem(response, UNPROCESSABLE, "Unprocessable Content", "a trial has headers");
      return;
    }
    write(response, "application/json", trials.tryOut(trial));
  }

  /** Takes one unit, or none: units of a Ruby server do not wait on the node for a slot. */
  private void takeFromRuby(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var field = field(request, "work_unit");
    var unit = field == null ? null : json.readValue(field, RubyUnit.class);
    if (unit == null || unit.action() == null || stage(unit) == null) {
      problem(
          response,
          UNPROCESSABLE,
          "Unprocessable Content",
          "the form needs a field work_unit with the JSON of a work unit");
      return;
    }
    if (!server.ruby().mayGive()) {
      overloaded(response);
      return;
    }
    var ours = onOurWire(unit, stage(unit));
    int pid = server.ruby().take(ours.lease());
    if (!runners.takeAlone(ours)) {
      server.ruby().refuse(ours.lease());
      server.ruby().saidOverloaded();
      overloaded(response);
      return;
    }
    try {
      write(response, "application/json", Map.of("pid", pid));
      response.flushBuffer();
    } finally {
      server.ruby().hasAnswered(ours.lease());
    }
  }

  private static String field(HttpServletRequest request, String name) throws IOException {
    var body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return Form.decode(body).get(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Stage stage(RubyUnit unit) {
    return Arrays.stream(Stage.values())
        .filter(stage -> Status.of(stage).code() == unit.status())
        .findFirst()
        .orElse(null);
  }

  /** Makes a lease for it: the Ruby original has none. */
  private UnitOrder onOurWire(RubyUnit unit, Stage stage) {
    return new UnitOrder(
        new Lease(unit.id(), unit.attempts() + 1, "ruby"),
        unit.jobId(),
        unit.action(),
        null,
        stage,
        unit.input(json),
        unit.options() == null ? json.createObjectNode() : unit.options(),
        null,
        null);
  }

  private static void overloaded(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("text/plain;charset=utf-8");
    response.getOutputStream().write("Node Overloaded".getBytes(StandardCharsets.UTF_8));
  }

  private void take(Dispatch dispatch, HttpServletResponse response) throws IOException {
    if (!isWhole(dispatch)) {
      problem(
          response, UNPROCESSABLE, "Unprocessable Content", "a dispatch is a list of whole units");
      return;
    }
    if (dispatch.units().isEmpty()) {
      trigger.request();
    }
    var reply = runners.take(dispatch);
    if (reply.accepted().isEmpty() && !reply.rejected().isEmpty()) {
      overloaded(response);
      return;
    }
    write(response, "application/json", reply);
  }

  private static boolean isWhole(Dispatch dispatch) {
    return dispatch != null
        && dispatch.units() != null
        && dispatch.units().stream()
            .allMatch(
                unit ->
                    unit != null
                        && unit.lease() != null
                        && unit.lease().token() != null
                        && unit.action() != null
                        && unit.stage() != null);
  }

  private void notFound(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    problem(
        response,
        HttpServletResponse.SC_NOT_FOUND,
        "Not Found",
        "a node answers to POST /work, POST /trial and GET /heartbeat, not to "
            + request.getMethod());
  }

  private void problem(HttpServletResponse response, int status, String title, String detail)
      throws IOException {
    response.setStatus(status);
    write(response, Problem.MEDIA_TYPE, new Problem("about:blank", title, status, detail, null));
  }

  private void write(HttpServletResponse response, String type, Object body) throws IOException {
    var bytes = json.writeValueAsBytes(body);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
