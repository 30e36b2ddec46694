package org.cloudcrowd.endpoint.jetty;

import java.nio.ByteBuffer;
import org.apache.felix.http.jetty.LoadBalancerCustomizerFactory;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpConfiguration.Customizer;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.condition.Condition;

/**
 * Answers 503 where {@link StartingServlet} cannot: a Jetty listens some milliseconds before the
 * whiteboard has given it any servlet, and after the last was taken away, and would say 404
 * meanwhile, for which a Ruby worker throws its result away.
 *
 * <p>Felix's Jetty takes up what looks at each request first as if it were for a load balancer. It
 * gets a gate of its own, which is closed as soon as one of the two bundles begins to stop. A
 * request that has passed by then, and finds no servlet, is answered like those that come later.
 */
@Component(
    service = {LoadBalancerCustomizerFactory.class, StartingGate.class},
    scope = ServiceScope.BUNDLE)
public final class StartingGate implements LoadBalancerCustomizerFactory, Customizer {
  static final String SERVLET = "starting";

  @Reference(
      target = "(osgi.condition.id=" + LiveServlets.PREFIX + SERVLET + ")",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Condition answers;

  private final Bundle endpoint;
  private final Bundle jetty;

  /** Closed until the servlet answers. */
  @Activate
  public StartingGate(ComponentContext component) {
    endpoint = component.getBundleContext().getBundle();
    jetty = component.getUsingBundle();
  }

  @Override
  public Customizer createCustomizer() {
    return this;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable headers) {
    // A Jetty that stops forgets what its bundle gave it before it closes its port.
    var listening = request.getConnectionMetaData().getHttpConfiguration();
    if (listening.getCustomizer(StartingGate.class) == null) {
      listening.addCustomizer(this);
    }
    if (isClosed()) {
      throw new HttpException.RuntimeException(
          HttpStatus.SERVICE_UNAVAILABLE_503, "the server is starting or stopping; try again");
    }
    request.addHttpStreamWrapper(Answer::new);
    return request;
  }

  private boolean isClosed() {
    return answers == null
        || endpoint.getState() != Bundle.ACTIVE
        || jetty.getState() != Bundle.ACTIVE;
  }

  /** What leaves for a client. */
  private final class Answer extends HttpStream.Wrapper {
    private Answer(HttpStream stream) {
      super(stream);
    }

    @Override
    public void send(
        MetaData.Request request,
        MetaData.Response response,
        boolean last,
        ByteBuffer content,
        Callback callback) {
      super.send(request, truthful(response), last, content, callback);
    }

    private MetaData.Response truthful(MetaData.Response response) {
      if (response == null || !isOfMissingServlet(response.getStatus()) || !isClosed()) {
        return response;
      }
      return new MetaData.Response(
          HttpStatus.SERVICE_UNAVAILABLE_503,
          null,
          response.getHttpVersion(),
          response.getHttpFields(),
          response.getContentLength(),
          response.getTrailersSupplier());
    }

    /** Of one that is not there any more, or that goes while it answers. */
    private static boolean isOfMissingServlet(int status) {
      return status == HttpStatus.NOT_FOUND_404 || status == HttpStatus.INTERNAL_SERVER_ERROR_500;
    }
  }
}
