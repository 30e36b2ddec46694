package org.cloudcrowd.server.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.cloudcrowd.protocol.json.JsonFaults;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.Dispatch;
import org.cloudcrowd.protocol.node.Poll;
import org.cloudcrowd.protocol.server.Problem;
import org.cloudcrowd.server.Nodes;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /poll/HOST:PORT}: a node polls for units; the answer comes when there are some, or is
 * 204 after a while. No thread waits meanwhile.
 *
 * <p>A servlet of its own, because Jersey does not find its support for asynchronous requests in
 * this container.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletName(PollServlet.NAME)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardServletPattern("/poll/*")
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardTarget("(org.apache.felix.http.name=server)")
public final class PollServlet extends HttpServlet {
  static final String NAME = "cloudcrowd-poll";

  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(PollServlet.class);

  private final transient Nodes nodes;
  private final transient ObjectMapper json = WireJson.newMapper();

  @Activate
  public PollServlet(@Reference Nodes nodes) {
    this.nodes = nodes;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Poll poll;
    try {
      poll = json.readValue(request.getInputStream(), Poll.class);
    } catch (JsonProcessingException e) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      response.setContentType(Problem.MEDIA_TYPE);
      json.writeValue(
          response.getOutputStream(),
          new Problem(
              "about:blank",
              "Malformed JSON",
              HttpServletResponse.SC_BAD_REQUEST,
              JsonFaults.sentence(e),
              null));
      return;
    }
    var path = request.getPathInfo();
    var waiting = request.startAsync();
    // The service of nodes ends the wait.
    waiting.setTimeout(0);
    var unused =
        nodes
            .poll(path == null ? "" : path.substring(1), poll)
            .thenAccept(dispatch -> answer(waiting, dispatch));
  }

  private void answer(AsyncContext waiting, Dispatch dispatch) {
    var response = (HttpServletResponse) waiting.getResponse();
    try {
      if (dispatch == null) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      } else {
        response.setContentType(MediaType.APPLICATION_JSON);
        response.getOutputStream().write(json.writeValueAsBytes(dispatch));
      }
    } catch (IOException e) {
      // The node's next heartbeat shows that the units did not arrive.
      log.debug("A node did not hear its answer", e);
    } finally {
      waiting.complete();
    }
  }
}
