package org.cloudcrowd.node.capabilities;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudcrowd.action.RequiresLabel;
import org.cloudcrowd.action.RequiresTool;
import org.cloudcrowd.node.NodeConfiguration;
import org.cloudcrowd.node.NodeSettings;
import org.cloudcrowd.node.capabilities.CapabilityBundles.Thing;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides the labels of this node as capabilities, and those tools that some bundle requires and
 * that are on the path. It looks for a tool when a bundle that requires it is installed, and again
 * every few seconds, so that it notices tools that are installed or removed.
 */
@Component(service = NodeCapabilities.class, immediate = true)
public final class NodeCapabilities {
  private static final Logger log = LoggerFactory.getLogger(NodeCapabilities.class);
  private static final int LOOK_EVERY_SECONDS = 2;

  /** The name of a tool in a filter; a name with a path in it is never looked for. */
  private static final Pattern TOOL =
      Pattern.compile(
          "\\(" + Pattern.quote(RequiresTool.NAMESPACE) + "=([A-Za-z0-9._+-]{1,100})\\)");

  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._+-]{1,100}");

  private final BundleContext context;
  private final List<String> labels;
  private final Tools tools = new Tools(Objects.requireNonNullElse(System.getenv("PATH"), ""));
  private final CapabilityBundles bundles;
  private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger looksToCome = new AtomicInteger();
  private final BundleTracker<Bundle> tracker;
  private volatile Set<String> expected = Set.of();
  private volatile Set<String> lookedFor = Set.of();
  private volatile Map<String, Version> found;

  @Activate
  public NodeCapabilities(@Reference NodeSettings settings, BundleContext context)
      throws IOException {
    var configuration = settings.configuration();
    this.context = context;
    labels = labels(configuration.labels());
    bundles =
        new CapabilityBundles(
            context, Path.of(configuration.directory()).toAbsolutePath().resolve("capabilities"));
    found = bundles.provided(RequiresTool.NAMESPACE);
    bundles.provide(things(found));
    tracker =
        new BundleTracker<>(context, ~Bundle.UNINSTALLED, null) {
          @Override
          public Bundle addingBundle(Bundle bundle, BundleEvent event) {
            lookFor(bundle);
            return bundle;
          }

          @Override
          public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle same) {
            lookFor(bundle);
          }
        };
    tracker.open();
    var unused =
        looks.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private static List<String> labels(String configured) {
    var all = Arrays.stream(configured.split(",")).map(String::strip).filter(one -> !one.isEmpty());
    var rightAndWrong = all.collect(Collectors.partitioningBy(one -> LABEL.matcher(one).matches()));
    if (!rightAndWrong.get(false).isEmpty()) {
      log.error(
          "labels in etc/{}.cfg names {}; a label is letters, digits, '.', '_', '+' and '-'",
          NodeConfiguration.PID,
          rightAndWrong.get(false));
    }
    return rightAndWrong.get(true).stream().distinct().sorted().toList();
  }

  /** Stops looking. The capabilities stay, so that bundles that need them stay resolved. */
  @Deactivate
  public void close() {
    tracker.close();
    looks.shutdownNow();
  }

  /** The labels of this node. */
  public List<String> labels() {
    return labels;
  }

  /**
   * The versions of the tools that some bundle requires and that are on the path, by their names.
   */
  public Map<String, Version> tools() {
    return found;
  }

  /** Whether every tool that some bundle requires was looked for. */
  public boolean isSettled() {
    return looksToCome.get() == 0;
  }

  /**
   * Looks for the tools that bundles which are about to be installed require, and returns when
   * those found are provided, so that the bundles resolve at once.
   *
   * @param requirements their headers {@code Require-Capability}
   */
  public void lookAhead(Collection<String> requirements) {
    expected = requirements.stream().flatMap(NodeCapabilities::tools).collect(Collectors.toSet());
    lookNow();
  }

  private static Stream<String> tools(String text) {
    return TOOL.matcher(text).results().map(match -> match.group(1));
  }

  /** Looks for the tools that bundles require, and returns when those found are provided. */
  public void lookNow() {
    try {
      looks.submit(this::look).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookFor(Bundle bundle) {
    if (lookedFor.containsAll(wantedBy(bundle))) {
      return;
    }
    looksToCome.incrementAndGet();
    looks.execute(
        () -> {
          look();
          looksToCome.decrementAndGet();
        });
  }

  private static Set<String> wantedBy(Bundle bundle) {
    var revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? Set.of()
        : revision.getDeclaredRequirements(RequiresTool.NAMESPACE).stream()
            .map(
                requirement ->
                    requirement.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE))
            .filter(Objects::nonNull)
            .flatMap(NodeCapabilities::tools)
            .collect(Collectors.toSet());
  }

  private void look() {
    try {
      var wanted =
          Stream.concat(
                  expected.stream(),
                  Arrays.stream(context.getBundles()).flatMap(bundle -> wantedBy(bundle).stream()))
              .collect(Collectors.toSet());
      var now = new TreeMap<String, Version>();
      wanted.forEach(tool -> tools.version(tool).ifPresent(version -> now.put(tool, version)));
      lookedFor = wanted;
      if (!now.equals(found)) {
        log.info("Actions can use these tools here: {}", now);
        bundles.provide(things(now));
        found = now;
      }
    } catch (IOException | RuntimeException e) {
      log.error("What actions need cannot be looked for; it is tried again", e);
    }
  }

  private Map<Thing, Version> things(Map<String, Version> present) {
    var things = new HashMap<Thing, Version>();
    labels.forEach(
        label -> things.put(new Thing(RequiresLabel.NAMESPACE, label), Version.emptyVersion));
    present.forEach(
        (tool, version) -> things.put(new Thing(RequiresTool.NAMESPACE, tool), version));
    return things;
  }
}
