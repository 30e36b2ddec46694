package org.cloudcrowd.endpoint.jetty;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.http.jetty.LoadBalancerCustomizerFactory;
import org.cloudcrowd.endpoint.Endpoint;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
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
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.condition.Condition;

/**
 * Answers 503 as a problem until an endpoint can answer: a Jetty listens some milliseconds before
 * the whiteboard has given it any servlet, and after the last was taken away, and would say 404
 * meanwhile, for which a Ruby worker throws its result away.
 *
 * <p>An endpoint is open while a {@link Condition} with the id {@link Endpoint#ANSWERS} and the
 * endpoint's name is registered. Service events are synchronous, so that whoever registers it finds
 * the endpoint open when the registration returns.
 *
 * <p>Felix's Jetty takes up what looks at each request first as if it were for a load balancer. It
 * gets a gate of its own, which is closed as soon as one of the two bundles begins to stop. A
 * request that has passed by then, and finds no servlet, is answered like those that come later.
 */
@Component(
    service = {LoadBalancerCustomizerFactory.class, StartingGate.class},
    scope = ServiceScope.BUNDLE)
public final class StartingGate implements LoadBalancerCustomizerFactory, Customizer {
  private final ProblemErrors errors = new ProblemErrors();
  private final Map<Integer, String> namesByPort = new ConcurrentHashMap<>();
  private final Set<String> answering = ConcurrentHashMap.newKeySet();
  private final Bundle endpoint;
  private final Bundle jetty;

  @Activate
  public StartingGate(ComponentContext component) {
    endpoint = component.getBundleContext().getBundle();
    jetty = component.getUsingBundle();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addEndpoint(Endpoint opened, Map<String, Object> properties) {
    namesByPort.put(opened.url().getPort(), String.valueOf(properties.get(Endpoint.NAME)));
  }

  void removeEndpoint(Endpoint closed) {
    namesByPort.remove(closed.url().getPort());
  }

  @Reference(
      target = "(osgi.condition.id=" + Endpoint.ANSWERS + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addAnswering(Condition condition, Map<String, Object> properties) {
    answering.add(String.valueOf(properties.get(Endpoint.NAME)));
  }

  void removeAnswering(Condition condition, Map<String, Object> properties) {
    answering.remove(String.valueOf(properties.get(Endpoint.NAME)));
  }

  @Override
  public Customizer createCustomizer() {
    return this;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable headers) {
    // A Jetty that stops removes the customizers of its bundle before it closes its port.
    var listening = request.getConnectionMetaData().getHttpConfiguration();
    if (listening.getCustomizer(StartingGate.class) == null) {
      listening.addCustomizer(this);
      request.getConnectionMetaData().getConnector().getServer().setErrorHandler(errors);
    }
    int port = Request.getLocalPort(request);
    boolean isRefused = isClosed(port);
    request.addHttpStreamWrapper(stream -> new Answer(stream, port, isRefused));
    if (isRefused) {
      throw new HttpException.RuntimeException(
          HttpStatus.SERVICE_UNAVAILABLE_503, Unavailable.DETAIL);
    }
    return request;
  }

  private boolean isClosed(int port) {
    var name = namesByPort.get(port);
    return name == null
        || !answering.contains(name)
        || endpoint.getState() != Bundle.ACTIVE
        || jetty.getState() != Bundle.ACTIVE;
  }

  /** A response that is being sent. */
  private final class Answer extends HttpStream.Wrapper {
    private final int port;
    private final boolean isRefused;
    private boolean isReplaced;

    private Answer(HttpStream stream, int port, boolean isRefused) {
      super(stream);
      this.port = port;
      this.isRefused = isRefused;
    }

    @Override
    public void send(
        MetaData.Request request,
        MetaData.Response response,
        boolean last,
        ByteBuffer content,
        Callback callback) {
      if (response != null && (isRefused || isOfMissingServlet(response.getStatus()))) {
        isReplaced = true;
        super.send(
            request, unavailable(response), last, ByteBuffer.wrap(Unavailable.problem()), callback);
      } else {
        super.send(request, response, last, isReplaced ? null : content, callback);
      }
    }

    /** Of one that is not there any more, or that goes while it answers. */
    private boolean isOfMissingServlet(int status) {
      return (status == HttpStatus.NOT_FOUND_404 || status == HttpStatus.INTERNAL_SERVER_ERROR_500)
          && isClosed(port);
    }

    private static MetaData.Response unavailable(MetaData.Response response) {
      var fields =
          HttpFields.build(response.getHttpFields())
              .remove(HttpHeader.CONTENT_ENCODING)
              .put(HttpHeader.CONTENT_TYPE, Unavailable.MEDIA_TYPE)
              .put(HttpHeader.RETRY_AFTER, Unavailable.RETRY_AFTER_SECONDS)
              .put(HttpHeader.CONTENT_LENGTH, Unavailable.problem().length);
      return new MetaData.Response(
          HttpStatus.SERVICE_UNAVAILABLE_503,
          null,
          response.getHttpVersion(),
          fields,
          Unavailable.problem().length,
          response.getTrailersSupplier());
    }
  }
}
