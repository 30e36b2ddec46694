package org.cloudcrowd.itests.container;

import static org.awaitility.Awaitility.await;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * A JUnit 5 extension that runs the distribution's bundles in a Felix that Pax Exam starts, for the
 * tests of a class. Pax Exam has no driver for JUnit 5 of its own.
 */
final class FelixContainer implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> FOLDERS =
      List.of(
          "logging",
          "core",
          "container",
          "web",
          "jaxrs",
          "store",
          "server",
          "node",
          "deployment",
          "terminal");

  private final Path home =
      Path.of(System.getProperty("distribution.home")).toAbsolutePath().normalize();
  private ExamSystem system;
  private TestContainer container;
  private BundleContext bundles;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    system = PaxExamRuntime.createTestSystem(options(Files.createTempDirectory("crowd-container")));
    container = PaxExamRuntime.createContainer(system);
    container.start();
    bundles = framework((NativeTestContainer) container).getBundleContext();
    // Pax Exam stops at a level of its own.
    bundles.getBundle().adapt(FrameworkStartLevel.class).setStartLevel(FOLDERS.size() + 1);
    awaitReady();
  }

  /** Pax Exam would have tests run inside; it keeps the framework to itself. */
  private static Framework framework(NativeTestContainer container)
      throws ReflectiveOperationException {
    var field = NativeTestContainer.class.getDeclaredField("framework");
    field.setAccessible(true);
    return (Framework) field.get(container);
  }

  private Option[] options(Path folder) throws IOException {
    var options = new ArrayList<Option>();
    int level = 1;
    for (String name : FOLDERS) {
      level++;
      for (Path jar : jars(name)) {
        options.add(CoreOptions.bundle("reference:" + jar.toUri()).startLevel(level));
      }
    }
    options.add(
        CoreOptions.bundle(
                "reference:" + Path.of(System.getProperty("inside.bundle")).normalize().toUri())
            .startLevel(level));
    var properties = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("bundles/framework.properties"))) {
      properties.load(in);
    }
    properties.setProperty("org.cloudcrowd.configuration", home.toString());
    properties.setProperty("org.cloudcrowd.data", folder.toString());
    properties.setProperty("org.cloudcrowd.role", "up");
    properties.setProperty(
        "org.cloudcrowd.overrides",
        """
        org.cloudcrowd.endpoint~server/port=0
        org.cloudcrowd.endpoint~node/port=0
        org.cloudcrowd.node/server=
        org.cloudcrowd.inputs/file_roots=/
        """);
    properties.setProperty("org.cloudcrowd.worker.main", "org.cloudcrowd.launcher.WorkerMain");
    properties.setProperty("org.cloudcrowd.worker.classpath", home.resolve("lib") + "/*");
    var worker = new ArrayList<>(jars("core"));
    worker.addAll(jars("worker"));
    properties.setProperty(
        "org.cloudcrowd.worker.bundles",
        worker.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    for (String key : properties.stringPropertyNames()) {
      var value =
          properties
              .getProperty(key)
              .replace("${org.cloudcrowd.configuration}", home.toString())
              .replace("${org.cloudcrowd.data}", folder.toString());
      options.add(frameworkProperty(key).value(value));
    }
    return options.toArray(Option[]::new);
  }

  private List<Path> jars(String folder) throws IOException {
    try (var files = Files.list(home.resolve("bundles").resolve(folder))) {
      return files.sorted().toList();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    container.stop();
    system.clear();
  }

  List<Bundle> bundles() {
    return Arrays.asList(bundles.getBundles());
  }

  Bundle bundle(String symbolicName) {
    return bundles().stream()
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no bundle " + symbolicName));
  }

  /** A service of a type of the JDK. */
  <T> T service(Class<T> type, String filter) {
    return bundles.getService(awaitReference(type.getName(), filter));
  }

  /** Waits until server and node are ready, and says where the server is. */
  URI awaitReady() {
    awaitReference(
        "org.osgi.service.condition.Condition", "(osgi.condition.id=org.cloudcrowd.node)");
    var server =
        awaitReference(
            "org.osgi.service.condition.Condition", "(osgi.condition.id=org.cloudcrowd.server)");
    return URI.create(String.valueOf(server.getProperty("url")));
  }

  @SuppressWarnings("unchecked")
  private <T> ServiceReference<T> awaitReference(String type, String filter) {
    return (ServiceReference<T>)
        await()
            .atMost(30, TimeUnit.SECONDS)
            .conditionEvaluationListener(
                new ConditionEvaluationListener<Object>() {
                  @Override
                  public void conditionEvaluated(EvaluatedCondition<Object> condition) {}

                  @Override
                  public void onTimeout(TimeoutEvent timeout) {
                    throw new AssertionError(filter + " did not come; not active: " + inactive());
                  }
                })
            .until(() -> find(type, filter), found -> found != null);
  }

  private List<String> inactive() {
    return bundles().stream()
        .filter(bundle -> bundle.getState() != Bundle.ACTIVE)
        .map(Bundle::getSymbolicName)
        .toList();
  }

  private ServiceReference<?> find(String type, String filter) throws InvalidSyntaxException {
    var found = bundles.getAllServiceReferences(type, filter);
    return found == null ? null : found[0];
  }
}
