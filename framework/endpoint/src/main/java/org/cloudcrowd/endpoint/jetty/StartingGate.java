package org.cloudcrowd.endpoint.jetty;

import org.apache.felix.http.jetty.LoadBalancerCustomizerFactory;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration.Customizer;
import org.eclipse.jetty.server.Request;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;

/**
 * Answers 503 until {@link StartingServlet} can: a Jetty listens some milliseconds before the
 * whiteboard has given it any servlet, and would say 404 meanwhile, for which a Ruby worker throws
 * its result away.
 *
 * <p>Felix's Jetty takes up what looks at each request first as if it were for a load balancer.
 */
@Component(service = LoadBalancerCustomizerFactory.class)
public final class StartingGate implements LoadBalancerCustomizerFactory {
  static final String SERVLET = "starting";

  @Reference(
      target = "(osgi.condition.id=" + LiveServlets.PREFIX + SERVLET + ")",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Condition answers;

  /** Closed until the servlet answers. */
  @Activate
  public StartingGate() {}

  @Override
  public Customizer createCustomizer() {
    return this::pass;
  }

  private Request pass(Request request, HttpFields.Mutable headers) {
    if (answers == null) {
      throw new HttpException.RuntimeException(503, "the server is starting; try again");
    }
    return request;
  }
}
