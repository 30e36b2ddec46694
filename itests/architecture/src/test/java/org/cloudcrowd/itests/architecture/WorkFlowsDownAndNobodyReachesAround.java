package org.cloudcrowd.itests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudcrowd.itests.agent.CrashPoint;
import org.cloudcrowd.itests.agent.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the rooms, and the habits of the house, held against every class of ours. */
class WorkFlowsDownAndNobodyReachesAround {
  private static final String[] API_OF_THE_STORE = {
    "jakarta.persistence..", "java.sql..", "javax.sql..", "org.cloudcrowd.store.jpa.."
  };

  private static final String[] JDK_AND_OSGI_ANNOTATIONS = {
    "java..", "org.osgi.annotation..", "org.osgi.service.component.annotations.."
  };

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .importLocations(
              new Distribution()
                  .ours().stream().map(WorkFlowsDownAndNobodyReachesAround::location).toList())
          .that(resideInAnyPackage("org.cloudcrowd.."));

  private static Location location(Path jar) {
    return Location.of(URI.create("jar:" + jar.toUri() + "!/"));
  }

  /** A room, and what it must never know. */
  static Stream<Arguments> borders() {
    return Stream.of(
        border(
            "org.cloudcrowd.protocol..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.worker..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.client.."),
        border("org.cloudcrowd.store", API_OF_THE_STORE),
        border("org.cloudcrowd.store.job", API_OF_THE_STORE),
        border("org.cloudcrowd.store.state", API_OF_THE_STORE),
        border("org.cloudcrowd.store.unit", API_OF_THE_STORE),
        border(
            "org.cloudcrowd.store..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.protocol.job..",
            "org.cloudcrowd.protocol.node..",
            "org.cloudcrowd.protocol.peer..",
            "org.cloudcrowd.protocol.ruby..",
            "org.cloudcrowd.protocol.server..",
            "org.cloudcrowd.protocol.worker.."),
        border(
            "org.cloudcrowd.server",
            "jakarta..",
            "java.sql..",
            "org.cloudcrowd.store.jpa..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.server.rest.."),
        border(
            "org.cloudcrowd.server.dispatch..",
            "org.cloudcrowd.server.ruby..",
            "jakarta..",
            "java.sql..",
            "org.cloudcrowd.store.jpa..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.server.rest.."),
        border(
            "org.cloudcrowd.server.rest..",
            "org.cloudcrowd.server.ruby..",
            "org.cloudcrowd.store.jpa..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.server.dispatch..",
            "org.cloudcrowd.server.jobs..",
            "org.cloudcrowd.server.nodes..",
            "org.cloudcrowd.server.membership..",
            "org.cloudcrowd.server.results.."),
        border(
            "org.cloudcrowd.server.page..",
            "org.cloudcrowd.protocol..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.server.rest..",
            "org.cloudcrowd.server.jobs..",
            "org.cloudcrowd.server.charts.."),
        border(
            "org.cloudcrowd.server.console..",
            "jakarta..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.server.rest..",
            "org.cloudcrowd.server.dispatch..",
            "org.cloudcrowd.server.jobs..",
            "org.cloudcrowd.server.nodes..",
            "org.cloudcrowd.server.membership..",
            "org.cloudcrowd.server.results.."),
        border(
            "org.cloudcrowd.shell..",
            "org.jline..",
            "org.apache.sshd..",
            "org.cloudcrowd.terminal..",
            "org.cloudcrowd.protocol.."),
        border(
            "org.cloudcrowd.action.testkit..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.actionmodel..",
            "org.cloudcrowd.client.."),
        border(
            "org.cloudcrowd.actionmodel..",
            "org.cloudcrowd.protocol..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.node.."),
        border(
            "org.cloudcrowd.terminal..",
            "org.cloudcrowd.protocol..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.node.."),
        border(
            "org.cloudcrowd.node..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.worker..",
            "jakarta.ws.rs..",
            "java.sql.."),
        border(
            "org.cloudcrowd.worker..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.client.."),
        border("org.cloudcrowd.assets..", "org.cloudcrowd.protocol..", "org.cloudcrowd.store.."),
        border(
            "org.cloudcrowd.outbound..",
            "org.cloudcrowd.assets..",
            "org.cloudcrowd.protocol..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.node.."),
        border(
            "org.cloudcrowd.client..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.node.."),
        border(
            "org.cloudcrowd.launcher..",
            "org.cloudcrowd.cli..",
            "org.cloudcrowd.client..",
            "org.cloudcrowd.protocol..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.worker..",
            "org.cloudcrowd.endpoint.."),
        border(
            "org.cloudcrowd.cli..",
            "org.cloudcrowd.server..",
            "org.cloudcrowd.store..",
            "org.cloudcrowd.node..",
            "org.cloudcrowd.worker..",
            "org.cloudcrowd.endpoint.."));
  }

  private static Arguments border(String room, String... neverKnows) {
    return Arguments.of(room, neverKnows);
  }

  @ParameterizedTest
  @MethodSource("borders")
  void aRoomNeverKnows(String room, String[] neverKnows) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(neverKnows)
        .check(OURS);
  }

  @Test
  void whatActionAuthorsCompileAgainstKnowsTheJdkAndOsgiAnnotationsAlone() {
    classes()
        .that()
        .resideInAPackage("org.cloudcrowd.action")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("org.cloudcrowd.action")
                .or(resideInAnyPackage(JDK_AND_OSGI_ANNOTATIONS)))
        .check(OURS);
  }

  @Test
  void anActionKnowsTheActionApiAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.cloudcrowd.action.*..")
        .and()
        .resideOutsideOfPackage("org.cloudcrowd.action.testkit..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.cloudcrowd..")
                .and(not(resideInAnyPackage("org.cloudcrowd.action.."))))
        .check(OURS);
  }

  @Test
  void nothingKnowsTheStoreBundle() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.cloudcrowd.store.jpa..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.cloudcrowd.store.jpa..")
        .check(OURS);
  }

  @Test
  void packagesHaveNoCircles() {
    slices().matching("org.cloudcrowd.(**)").should().beFreeOfCycles().check(OURS);
  }

  /**
   * Who sends units does not ask how a node is reached, nor who reports results what a server is.
   */
  @ParameterizedTest
  @CsvSource({
    "org.cloudcrowd.server.transports.HttpPush, org.cloudcrowd.server.transports..",
    "org.cloudcrowd.server.transports.LongPoll, org.cloudcrowd.server.transports.. membership",
    "org.cloudcrowd.server.transports.RubyForms, org.cloudcrowd.server.transports.. ruby",
    "org.cloudcrowd.node.server.RubyServer, org.cloudcrowd.node.server.. presence"
  })
  void aTransportIsKnownToItsRoom(String transport, String rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Arrays.stream(rooms.split(" ", -1))
                .map(room -> room.contains(".") ? room : "org.cloudcrowd.*." + room + "..")
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(transport)
        .check(OURS);
  }

  @Test
  void noPackageHasMoreThan25Classes() {
    var sizes =
        OURS.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes)
        .hasSizeGreaterThan(50)
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(25L));
  }

  @Test
  void noStateIsStatic() {
    fields().that().areStatic().should().beFinal().check(OURS);
  }

  @Test
  void noRoomAndNoClassHasANameThatSaysNothing() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..impl..")
        .check(OURS);
    noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl\\d*)").check(OURS);
  }

  @Test
  void noTwoClassesHaveOneName() {
    var names =
        OURS.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toCollection(TreeSet::new))));
    names.values().removeIf(same -> same.size() == 1);

    assertThat(names).isEmpty();
  }

  /** A crash point or mutant of a class that was renamed would change nothing, and say nothing. */
  @Test
  void crashPointsAndMutantsNameMethodsThatAreThere() {
    var named =
        Stream.concat(
                Arrays.stream(CrashPoint.values())
                    .filter(point -> point.type() != null)
                    .map(point -> Map.entry(point.type(), point.method())),
                Arrays.stream(Mutant.values())
                    .map(mutant -> Map.entry(mutant.type(), mutant.method())))
            .filter(method -> method.getKey().startsWith("org.cloudcrowd."))
            .toList();

    assertThat(named)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            method ->
                assertThat(OURS.get(method.getKey()).getMethods())
                    .extracting(JavaMethod::getName)
                    .contains(method.getValue()));
  }

  @Test
  void servicesAreInjectedNotLookedUp() {
    noClasses()
        .should()
        .callMethod("org.osgi.framework.FrameworkUtil", "getBundle", "java.lang.Class")
        .check(OURS);
    // A tracker of bundles is what an extender is made of.
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.osgi.util.tracker.ServiceTracker")
        .check(OURS);
  }

  /** Whatever is not listed here is private to its bundle. */
  @Test
  void aBundleShowsItsApiAlone() throws IOException {
    var exports = new TreeMap<String, Set<String>>();
    for (var jar : new Distribution().ours()) {
      try (var file = new JarFile(jar.toFile())) {
        var header = file.getManifest().getMainAttributes().getValue("Export-Package");
        var name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
        if (name != null && header != null) {
          exports.put(name, packages(header));
        }
      }
    }
    assertThat(exports)
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("org.cloudcrowd.action", api("org.cloudcrowd.action")),
                    Map.entry("org.cloudcrowd.assets", api("org.cloudcrowd.assets")),
                    Map.entry("org.cloudcrowd.client", api("org.cloudcrowd.client")),
                    Map.entry("org.cloudcrowd.endpoint", api("org.cloudcrowd.endpoint")),
                    Map.entry("org.cloudcrowd.outbound", api("org.cloudcrowd.outbound")),
                    Map.entry(
                        "org.cloudcrowd.protocol",
                        api(
                            "org.cloudcrowd.protocol.job",
                            "org.cloudcrowd.protocol.json",
                            "org.cloudcrowd.protocol.node",
                            "org.cloudcrowd.protocol.peer",
                            "org.cloudcrowd.protocol.ruby",
                            "org.cloudcrowd.protocol.server",
                            "org.cloudcrowd.protocol.unit",
                            "org.cloudcrowd.protocol.worker")),
                    Map.entry("org.cloudcrowd.actionmodel", api("org.cloudcrowd.actionmodel")),
                    Map.entry("org.cloudcrowd.server", api("org.cloudcrowd.server")),
                    Map.entry("org.cloudcrowd.shell", api("org.cloudcrowd.shell")),
                    Map.entry(
                        "org.cloudcrowd.store",
                        api(
                            "org.cloudcrowd.store",
                            "org.cloudcrowd.store.job",
                            "org.cloudcrowd.store.state",
                            "org.cloudcrowd.store.unit")),
                    // Libraries that are no bundles, each wrapped once.
                    Map.entry(
                        "org.cloudcrowd.wrapped.cron", exports.get("org.cloudcrowd.wrapped.cron")),
                    Map.entry(
                        "org.cloudcrowd.wrapped.derby",
                        exports.get("org.cloudcrowd.wrapped.derby")),
                    Map.entry(
                        "org.cloudcrowd.wrapped.flyway",
                        exports.get("org.cloudcrowd.wrapped.flyway")),
                    Map.entry(
                        "org.cloudcrowd.wrapped.httpclient",
                        exports.get("org.cloudcrowd.wrapped.httpclient")))));
  }

  private static Set<String> api(String... packages) {
    return new TreeSet<>(Arrays.asList(packages));
  }

  /** Attributes and directives are in quotes where they have commas. */
  private static Set<String> packages(String header) {
    return api(
        Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(",", -1))
            .map(clause -> clause.split(";", 2)[0].strip())
            .toArray(String[]::new));
  }
}
