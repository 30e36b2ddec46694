package org.cloudcrowd.server.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.server.EventKind;
import org.cloudcrowd.protocol.server.Problem;
import org.cloudcrowd.server.Events;
import org.cloudcrowd.server.Events.TooManyStreamsException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.rest.faults.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code GET /events}: a stream of server-sent events, as the HTML standard has them. Its query may
 * say which {@code kinds}, set apart by commas, by default all but samples, and which {@code job};
 * a {@code Last-Event-ID} continues after an event of any server.
 *
 * <p>No thread waits for a reader: events that it does not take are queued up to a limit.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletName(EventsServlet.NAME)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardServletPattern("/events")
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardTarget("(org.apache.felix.http.name=server)")
public final class EventsServlet extends HttpServlet {
  static final String NAME = "cloudcrowd-events";

  private static final long serialVersionUID = 1L;

  private final transient Events events;
  private final transient ObjectMapper json = WireJson.newMapper();

  @Activate
  public EventsServlet(@Reference Events events) {
    this.events = events;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      var selection =
          new Events.Selection(
              kinds(request.getParameter("kinds")), job(request.getParameter("job")));
      var writer = new EventWriter(json);
      var stream = events.open(selection, request.getHeader("Last-Event-ID"), writer::wake);
      response.setContentType("text/event-stream");
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      // Otherwise nginx buffers the stream.
      response.setHeader("X-Accel-Buffering", "no");
      var context = request.startAsync();
      context.setTimeout(0);
      writer.begin(context, stream);
    } catch (InvalidRequestException e) {
      refuse(response, Problems.UNPROCESSABLE, "Unprocessable Content", e.getMessage(), e.field());
    } catch (TooManyStreamsException e) {
      refuse(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "Service Unavailable",
          e.getMessage(),
          null);
    }
  }

  private void refuse(
      HttpServletResponse response, int status, String title, String detail, String field)
      throws IOException {
    response.setStatus(status);
    response.setContentType(Problem.MEDIA_TYPE);
    json.writeValue(
        response.getOutputStream(), new Problem("about:blank", title, status, detail, field));
  }

  private static Set<EventKind> kinds(String text) throws InvalidRequestException {
    if (text == null) {
      return EnumSet.complementOf(EnumSet.of(EventKind.SAMPLE));
    }
    var kinds = EnumSet.noneOf(EventKind.class);
    for (String word : text.split(",", -1)) {
      kinds.add(
          EventKind.of(word)
              .orElseThrow(
                  () ->
                      new InvalidRequestException(
                          "/kinds",
                          "there are no events '"
                              + word
                              + "'; the kinds are "
                              + Arrays.stream(EventKind.values())
                                  .map(EventKind::word)
                                  .collect(Collectors.joining(", ")))));
    }
    return kinds;
  }

  private static Long job(String text) throws InvalidRequestException {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new InvalidRequestException("/job", "job must be the id of a job");
    }
  }
}
