package org.cloudcrowd.launcher.container;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * A Felix framework in a role.
 *
 * <p>Bundles report by services of type {@code Condition}: one with the id {@code
 * org.cloudcrowd.fault} stops the start, and those that the role waits for report that it is
 * complete.
 */
public final class Container implements AutoCloseable {
  private static final String CONDITION = "org.osgi.service.condition.Condition";
  private static final String CONDITION_ID = "osgi.condition.id";
  private static final String FAULT_ID = "org.cloudcrowd.fault";
  private static final String FAULT = "(" + CONDITION_ID + "=" + FAULT_ID + ")";
  private static final String SUPPLIES = "org.cloudcrowd.supplies";
  private static final String FOREGROUND_SHELL = "(" + SUPPLIES + "=foreground-shell)";

  private final Framework framework;
  private final Role role;
  private final List<DataLock> locks = new ArrayList<>();
  private final Runnable onFault;
  private final Set<String> toldFailures = new HashSet<>();
  private volatile Consumer<String> laterFaults = fault -> {};
  private final CountDownLatch settled = new CountDownLatch(1);

  /**
   * Boots a container; its components may still be starting when this returns.
   *
   * @param overrides lines {@code PID/KEY=VALUE} that override the configuration files
   * @param onFault runs when a bundle reports a fault that stops the start, in the thread that
   *     reports it, before anything fails that needs that bundle
   * @throws StartException if it cannot start, for a reason that the user can mend
   */
  public Container(Role role, Layout layout, List<String> overrides, Runnable onFault)
      throws StartException, BundleException {
    this.role = role;
    this.onFault = onFault;
    if (!Files.isDirectory(layout.etc())) {
      throw new StartException(
          "there is no configuration in "
              + layout.configuration()
              + "; make one with: crowd install "
              + layout.configuration());
    }
    OpenFiles.check();
    lock(layout.data());
    framework = new FrameworkFactory().newFramework(properties(layout, overrides));
    framework.init();
    framework.getBundleContext().addServiceListener(watcher());
    install(layout);
    framework.start();
  }

  private void lock(Path data) throws StartException {
    if (role != Role.NODE) {
      locks.add(new DataLock(data, "server"));
    }
    if (role != Role.SERVER) {
      locks.add(new DataLock(data, "node"));
    }
  }

  private Map<String, String> properties(Layout layout, List<String> overrides) {
    var properties = new HashMap<String, String>();
    // Bundles are read from their files, and configured from etc/ at each start: nothing is cached.
    properties.put(
        Constants.FRAMEWORK_STORAGE,
        layout.data().resolve("framework-" + role.folderName()).toString());
    properties.put(
        Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
    properties.put(
        Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(role.folders().size()));
    // Actions start after everything else.
    properties.put("felix.startlevel.bundle", Integer.toString(role.folders().size()));
    properties.put("org.cloudcrowd.configuration", layout.configuration().toString());
    properties.put("org.cloudcrowd.data", layout.data().toString());
    properties.put("org.cloudcrowd.role", role.folderName());
    properties.put("org.cloudcrowd.endpoints", String.join(",", role.endpoints()));
    layout.frameworkProperties().forEach(properties::putIfAbsent);
    properties.put("org.cloudcrowd.overrides", String.join("\n", overrides));
    properties.put("org.cloudcrowd.worker.main", "org.cloudcrowd.launcher.WorkerMain");
    properties.put("org.cloudcrowd.worker.classpath", workerClassPath());
    properties.put(
        "org.cloudcrowd.worker.bundles",
        layout.bundles(Role.WORKER).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    return properties;
  }

  /** The jars of this class and of the framework. */
  private static String workerClassPath() {
    return List.of(Container.class, FrameworkFactory.class).stream()
        .map(
            type ->
                Path.of(
                    URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString())))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void install(Layout layout) throws BundleException {
    var context = framework.getBundleContext();
    int level = 0;
    for (String folder : role.folders()) {
      level++;
      for (Path file : layout.bundles(folder)) {
        Bundle bundle = context.installBundle("reference:" + file.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(level);
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
          bundle.start();
        }
      }
    }
  }

  private ServiceListener watcher() {
    return event -> {
      var service = event.getServiceReference();
      var types = List.of((String[]) service.getProperty(Constants.OBJECTCLASS));
      if (event.getType() != ServiceEvent.REGISTERED || !types.contains(CONDITION)) {
        return;
      }
      if (FAULT_ID.equals(service.getProperty(CONDITION_ID))) {
        if (settled.getCount() == 0) {
          laterFaults.accept(String.valueOf(service.getProperty("message")));
        } else {
          onFault.run();
        }
      }
      if (isReady() || fault() != null) {
        settled.countDown();
      }
    };
  }

  /** Passes on the faults that bundles report after the start, each once, in one line. */
  public void onLaterFault(Consumer<String> listener) {
    laterFaults = listener;
  }

  /**
   * Waits until the container can be used.
   *
   * @return whether it can be, by then
   * @throws StartException if a bundle reports a fault that the user can mend
   */
  public boolean awaitReady(long timeout, TimeUnit unit)
      throws StartException, InterruptedException {
    var unused = settled.await(timeout, unit);
    var fault = fault();
    if (fault != null) {
      throw new StartException(fault);
    }
    return isReady();
  }

  private boolean isReady() {
    return role.conditions().stream()
        .allMatch(id -> conditions("(" + CONDITION_ID + "=" + id + ")").findAny().isPresent());
  }

  private String fault() {
    return faults().findFirst().orElse(null);
  }

  private Stream<String> faults() {
    return conditions(FAULT).map(fault -> String.valueOf(fault.getProperty("message")));
  }

  /** The URL of the container, once it is ready. */
  public String url() {
    return conditions("(" + CONDITION_ID + "=" + role.conditions().get(0) + ")")
        .map(ready -> String.valueOf(ready.getProperty("url")))
        .findFirst()
        .orElse(null);
  }

  private Stream<ServiceReference<?>> conditions(String filter) {
    try {
      var context = framework.getBundleContext();
      var found = context == null ? null : context.getServiceReferences(CONDITION, filter);
      return found == null ? Stream.empty() : Stream.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The failed parts, a line for each cause that is new since the last call. For one thread. */
  public List<String> newFailures() {
    // A component that reported its fault before it failed needs no second line.
    var failures =
        supplied("failed-parts").stream()
            .filter(line -> faults().noneMatch(line::endsWith))
            .toList();
    toldFailures.retainAll(failures);
    return failures.stream().filter(toldFailures::add).toList();
  }

  /** The missing parts: failed ones, and waiting ones with what they wait for. */
  public List<String> missing() {
    return supplied("missing-parts");
  }

  /** Nothing is reported while the container is being stopped. */
  private List<String> supplied(String what) {
    try {
      var lines = ask(framework.getBundleContext(), what);
      return framework.getState() == Bundle.ACTIVE ? lines : List.of();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      // It is no reason to end a running container.
      return framework.getState() == Bundle.ACTIVE
          ? List.of("what is missing cannot be told: " + e)
          : List.of();
    }
  }

  private static List<String> ask(BundleContext context, String what)
      throws InvalidSyntaxException {
    var filter = "(" + SUPPLIES + "=" + what + ")";
    var found =
        context == null ? null : context.getServiceReferences(Supplier.class.getName(), filter);
    if (found != null && context.getService(found[0]) instanceof Supplier<?> parts) {
      return ((List<?>) parts.get()).stream().map(String::valueOf).toList();
    }
    return List.of(
        "the bundle org.cloudcrowd.configuration, which says what is missing, is not there");
  }

  /**
   * Opens the shell on the terminal of this process, and waits until its user leaves.
   *
   * @throws StartException if the container has no shell
   */
  public void talk() throws StartException {
    try {
      var context = framework.getBundleContext();
      var found = context.getServiceReferences(Runnable.class, FOREGROUND_SHELL);
      if (found.isEmpty()) {
        throw new StartException("the container has no shell: " + String.join("; ", missing()));
      }
      context.getService(found.iterator().next()).run();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the container has stopped; whether it has, by then. */
  public boolean awaitStop(long timeout, TimeUnit unit) throws InterruptedException {
    int event = framework.waitForStop(unit.toMillis(timeout)).getType();
    // After an update of the framework, it starts again.
    return event != FrameworkEvent.WAIT_TIMEDOUT && event != FrameworkEvent.STOPPED_UPDATE;
  }

  /**
   * Stops the container cleanly: running units of a node may end within {@code drain_seconds}, and
   * every component limits how long it waits.
   */
  @Override
  public void close() throws BundleException, InterruptedException, IOException {
    framework.stop();
    framework.waitForStop(0);
    for (DataLock lock : locks) {
      lock.close();
    }
  }
}
