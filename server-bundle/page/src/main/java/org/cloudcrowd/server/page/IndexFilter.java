package org.cloudcrowd.server.page;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * {@code /}: the operations page. It answers in front of the servlet of the REST API, which has
 * every path that no other has.
 */
@Component(service = Filter.class, property = "osgi.http.whiteboard.filter.regex=/?")
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardTarget("(org.apache.felix.http.name=server)")
public final class IndexFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final transient PageFiles files;

  @Activate
  public IndexFilter(@Reference PageFiles files) {
    this.files = files;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (METHODS.contains(request.getMethod())) {
      files.answer(PageFiles.INDEX, request, response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
