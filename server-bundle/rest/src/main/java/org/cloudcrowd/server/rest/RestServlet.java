package org.cloudcrowd.server.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.servlet.Servlet;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Map;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.server.rest.faults.AnyFaultMapper;
import org.cloudcrowd.server.rest.faults.ConflictMapper;
import org.cloudcrowd.server.rest.faults.HttpFaultMapper;
import org.cloudcrowd.server.rest.faults.InvalidRequestMapper;
import org.cloudcrowd.server.rest.faults.JsonFaultMapper;
import org.cloudcrowd.server.rest.faults.StoreFaultMapper;
import org.cloudcrowd.server.rest.filters.CorrelationFilter;
import org.cloudcrowd.server.rest.filters.MethodOverrideFilter;
import org.cloudcrowd.server.rest.resources.AccessResource;
import org.cloudcrowd.server.rest.resources.AssetResource;
import org.cloudcrowd.server.rest.resources.BlacklistResource;
import org.cloudcrowd.server.rest.resources.BundleResource;
import org.cloudcrowd.server.rest.resources.CallbackResource;
import org.cloudcrowd.server.rest.resources.CleanupResource;
import org.cloudcrowd.server.rest.resources.DescriptionResource;
import org.cloudcrowd.server.rest.resources.HealthResource;
import org.cloudcrowd.server.rest.resources.HistoryResource;
import org.cloudcrowd.server.rest.resources.JobChangesResource;
import org.cloudcrowd.server.rest.resources.JobResource;
import org.cloudcrowd.server.rest.resources.MetricsResource;
import org.cloudcrowd.server.rest.resources.NodeResource;
import org.cloudcrowd.server.rest.resources.NodesResource;
import org.cloudcrowd.server.rest.resources.ScheduleResource;
import org.cloudcrowd.server.rest.resources.StatusResource;
import org.cloudcrowd.server.rest.resources.TimeLineResource;
import org.cloudcrowd.server.rest.resources.UnitResource;
import org.cloudcrowd.server.rest.resources.UnitStatesResource;
import org.cloudcrowd.server.rest.resources.WorkResource;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.glassfish.jersey.servlet.ServletContainer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletMultipart;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * All resources of the server as one whiteboard servlet.
 *
 * <p>Its scope is prototype because Jersey's servlet can be initialized only once: each time that
 * the endpoint opens, the whiteboard gets another.
 */
@Component(service = Servlet.class, scope = ServiceScope.PROTOTYPE)
@HttpWhiteboardServletName(RestServlet.NAME)
@HttpWhiteboardContextSelect("(osgi.http.whiteboard.context.name=cloudcrowd)")
@HttpWhiteboardServletMultipart(
    fileSizeThreshold = JobResource.MAX_PARTS,
    maxFileSize = JobResource.MAX_PARTS,
    maxRequestSize = JobResource.MAX_PARTS)
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardTarget("(org.apache.felix.http.name=server)")
public final class RestServlet extends ServletContainer {
  static final String NAME = "cloudcrowd-rest";

  private static final long serialVersionUID = 1L;

  @Activate
  public RestServlet(
      @Reference JobResource jobs,
      @Reference JobChangesResource changes,
      @Reference CallbackResource callbacks,
      @Reference UnitResource units,
      @Reference StatusResource status,
      @Reference NodesResource cluster,
      @Reference NodeResource nodes,
      @Reference WorkResource work,
      @Reference BlacklistResource blacklist,
      @Reference BundleResource bundles,
      @Reference AssetResource assets,
      @Reference CleanupResource cleanup,
      @Reference HealthResource health,
      @Reference MetricsResource metrics,
      @Reference ScheduleResource schedules,
      @Reference UnitStatesResource states,
      @Reference TimeLineResource timeLine,
      @Reference HistoryResource history,
      @Reference AccessResource access,
      @Reference DescriptionResource description) {
    super(
        application(
            jobs,
            changes,
            callbacks,
            units,
            status,
            cluster,
            nodes,
            work,
            blacklist,
            bundles,
            assets,
            cleanup,
            health,
            metrics,
            schedules,
            states,
            timeLine,
            history,
            access,
            description));
  }

  private static ResourceConfig application(Object... resources) {
    // Without this, JAX-RS would look for an implementation by the thread's context class loader.
    RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    return new ResourceConfig()
        .addProperties(
            Map.of(
                ServerProperties.WADL_FEATURE_DISABLE, true,
                ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true,
                ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true,
                // Every error is a problem+json of ours, never a page of the container.
                ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true))
        .register(new JacksonJsonProvider(strict()))
        .register(new CorrelationFilter())
        .register(new MethodOverrideFilter())
        .register(new InvalidRequestMapper())
        .register(new ConflictMapper())
        .register(new JsonFaultMapper())
        .register(new StoreFaultMapper())
        .register(new HttpFaultMapper())
        .register(new AnyFaultMapper())
        .registerInstances(resources);
  }

  /** Does not coerce numbers to texts or to whole numbers: these are faults. */
  private static ObjectMapper strict() {
    var mapper = WireJson.newMapper();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    mapper
        .coercionConfigFor(LogicalType.Integer)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
    return mapper;
  }
}
