package org.cloudcrowd.endpoint.jetty;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.condition.Condition;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;

/**
 * Registers a {@link Condition} with the id {@code org.cloudcrowd.servlet.NAME} for each servlet
 * that answers requests.
 *
 * <p>A servlet is registered as a service some time before the whiteboard serves it; readiness must
 * not be reported earlier.
 */
@Component(service = LiveServlets.class, immediate = true)
public final class LiveServlets {
  static final String PREFIX = "org.cloudcrowd.servlet.";

  private final BundleContext context;
  private final Set<HttpServiceRuntime> runtimes = ConcurrentHashMap.newKeySet();
  private final Map<String, ServiceRegistration<Condition>> conditions = new HashMap<>();

  @Activate
  public LiveServlets(BundleContext context) {
    this.context = context;
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addRuntime(HttpServiceRuntime runtime) {
    runtimes.add(runtime);
    look();
  }

  /**
   * The servlets of a runtime have changed, which its property {@code service.changecount} shows.
   */
  void updatedRuntime(HttpServiceRuntime runtime) {
    look();
  }

  void removeRuntime(HttpServiceRuntime runtime) {
    runtimes.remove(runtime);
    look();
  }

  private synchronized void look() {
    var live = new HashSet<String>();
    for (HttpServiceRuntime runtime : runtimes) {
      live.addAll(servlets(runtime));
    }
    conditions
        .entrySet()
        .removeIf(
            known -> {
              boolean gone = !live.contains(known.getKey());
              if (gone) {
                known.getValue().unregister();
              }
              return gone;
            });
    live.forEach(name -> conditions.computeIfAbsent(name, this::register));
  }

  private static List<String> servlets(HttpServiceRuntime runtime) {
    try {
      return Arrays.stream(runtime.getRuntimeDTO().servletContextDTOs)
          .flatMap(context -> Arrays.stream(context.servletDTOs))
          .map(servlet -> servlet.name)
          .toList();
    } catch (IllegalStateException e) {
      // It is just starting or stopping, and has no servlets; another change follows.
      return List.of();
    }
  }

  private ServiceRegistration<Condition> register(String name) {
    return context.registerService(
        Condition.class,
        Condition.INSTANCE,
        FrameworkUtil.asDictionary(Map.of(Condition.CONDITION_ID, PREFIX + name)));
  }
}
