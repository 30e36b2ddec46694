package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.server.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The author's kit: the template of the zip, built with one command, and {@code crowd run}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorsStartFromTheTemplate {
  private static final long BUILD_MINUTES = 5;

  @RegisterExtension private final Crowd crowd = new Crowd();
  private Path template;
  private Path bundle;

  @BeforeAll
  void build() throws Exception {
    template = crowd.folder().resolve("my-action");
    PathUtils.copyDirectory(crowd.home().resolve("template"), template);
    var log = crowd.folder().resolve("mvn.log");
    // Not the user's own, which would keep these artifacts beyond this test.
    var repository = Path.of("target/template-repository").toAbsolutePath();
    if (Files.exists(repository.resolve("org/cloudcrowd"))) {
      PathUtils.deleteDirectory(repository.resolve("org/cloudcrowd"));
    }
    var mvn =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-ntp",
                "package",
                "-Dcloudcrowd.home=" + crowd.home(),
                "-Dmaven.repo.local=" + repository)
            .directory(template.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(mvn.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)).as("mvn has ended").isTrue();
    assertThat(mvn.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains("Tests run: 1, Failures: 0");
    bundle = template.resolve("target/stamp-action-1.0.0.jar");
  }

  @Test
  void itsBundleRunsWithoutACluster() throws Exception {
    var run =
        crowd.run("run", bundle.toString(), "one", "two", "-o", "stamp_text=!", "-o", "times=2");

    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().skip(1)).containsExactly("one!!", "two!!");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void itsOptionsAreCheckedByTheSchemaOfItsRecord() throws Exception {
    Files.copy(bundle, crowd.conf().resolve("actions/stamp.jar"));
    var client = crowd.up().client();
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> client.actions().stream().anyMatch(action -> action.name().equals("stamp")));

    assertThat(client.action("stamp").options())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"$schema": "https://json-schema.org/draft/2020-12/schema",
                     "type": "object",
                     "properties": {
                       "stamp_text": {"type": "string"},
                       "times": {"type": "integer", "minimum": 1, "maximum": 10}},
                     "required": ["stamp_text", "times"],
                     "additionalProperties": false}
                    """));
    var wrong = new ObjectMapper().createObjectNode().put("times", 11).put("colour", "red");
    var refused =
        catchThrowableOfType(
            ServerProblemException.class,
            () -> client.submit(JobRequest.of("stamp", List.of(TextNode.valueOf("a")), wrong)));
    assertThat(refused.problem().errors())
        .extracting(Problem.Fault::field)
        .contains("/options/times", "/options");
  }

  private void isRefused(String message, String... arguments) throws Exception {
    var run = crowd.run(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isNotZero();
  }

  @Test
  void aProgramRunsAndWhatFailsSaysWhy() throws Exception {
    var program = Files.createDirectory(crowd.folder().resolve("echo"));
    DroppedProgram.script("echo", "echo \"\\\"$CROWD_INPUT\\\"\"").copyTo(program);
    var run = crowd.run("run", program.toString(), "hello", "--json");
    assertThat(new ObjectMapper().readTree(run.out()).get("outputs"))
        .isEqualTo(new ObjectMapper().createArrayNode().add("hello"));

    isRefused(
        "required property 'stamp_text' not found", "run", bundle.toString(), "a", "-o", "times=1");
    isRefused("there is no file nothing.jar", "run", "nothing.jar", "a");
    isRefused(
        "is no action: a bundle is a jar", "run", template.resolve("pom.xml").toString(), "a");
    isRefused("it brings no action", "run", idle().toString(), "a");
    isRefused("it needs the label gpu", "run", needy().toString(), "a");
    var failing = Files.createDirectory(crowd.folder().resolve("failing"));
    DroppedProgram.script("failing", "echo 'no luck' >&2; exit 3").copyTo(failing);
    var failed = crowd.run("run", failing.toString(), "a");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).contains("failed after 3 attempt(s)", "no luck");
  }

  private Path idle() throws IOException {
    var idle = crowd.folder().resolve("idle.jar");
    ActionBundle.of(bundle).with("Service-Component", "").copyTo(idle);
    return idle;
  }

  private Path needy() throws IOException {
    var needy = Files.createDirectory(crowd.folder().resolve("needy"));
    DroppedProgram.script("needy", "echo 1", "requires: [\"label gpu\"]").copyTo(needy);
    return needy;
  }
}
