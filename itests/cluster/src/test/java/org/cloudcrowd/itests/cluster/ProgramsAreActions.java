package org.cloudcrowd.itests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.io.file.PathUtils;
import org.cloudcrowd.client.CrowdClient;
import org.cloudcrowd.client.ServerProblemException;
import org.cloudcrowd.protocol.job.JobRequest;
import org.cloudcrowd.protocol.job.JobView;
import org.cloudcrowd.protocol.job.Status;
import org.cloudcrowd.protocol.job.UnitView.AttemptView;
import org.cloudcrowd.protocol.server.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs in any language, dropped into the folder of actions of a node that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramsAreActions {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension private final Crowd crowd = new Crowd("word-count");
  private Path actions;
  private CrowdClient client;
  private Crowd.Running up;

  @BeforeAll
  void start() throws Exception {
    crowd.environment("CROWD_DATABASE_PASSWORD", "a secret");
    crowd.configure("org.cloudcrowd.server.cfg", "backoff_millis", "10");
    crowd.configure("org.cloudcrowd.node.cfg", "heartbeat_seconds", "1");
    actions = crowd.conf().resolve("actions");
    up = crowd.up("--max-workers", "2");
    client = up.client();
  }

  private JobView run(String action, JsonNode... inputs) throws Exception {
    return run(JobRequest.of(action, List.of(inputs), null));
  }

  private JobView run(JobRequest request) {
    return await("a job of " + request.action())
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> Orders.await(client, client.submit(request)), job -> job != null);
  }

  private JsonNode output(String action, JsonNode... inputs) throws Exception {
    var job = run(action, inputs);
    assertThat(job.failures()).isNull();
    assertThat(job.outputs()).hasSize(1);
    return job.outputs().get(0);
  }

  private String failure(String action) throws Exception {
    var job = run(action, text("x"));
    assertThat(job.status()).isEqualTo(Status.FAILED);
    return job.failures().get(0).message();
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }

  private void example(String name) throws IOException {
    PathUtils.copyDirectory(crowd.home().resolve("examples").resolve(name), actions.resolve(name));
  }

  @Test
  void aFolderThatIsDroppedIsAnActionInAMoment() throws Exception {
    example("shout");

    assertThat(output("shout", text("say \"no\" \\ more"))).isEqualTo(text("SAY \"NO\" \\ MORE"));
    assertThat(run("shout", text("a")).outputs()).containsExactly(text("A"));
  }

  @Test
  void aProgramInPythonCountsAsWordCountDoes() throws Exception {
    example("count-words");
    var texts =
        IntStream.range(0, 5)
            .mapToObj(
                i -> {
                  try {
                    return text(
                        Files.writeString(
                                crowd.folder().resolve("text" + i), "one two\n three ".repeat(i))
                            .toUri()
                            .toString());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toArray(JsonNode[]::new);

    assertThat(output("count_words", texts)).isEqualTo(output("word_count", texts));
    assertThat(output("count_words", texts).asInt()).isEqualTo(30);
  }

  @Test
  void whatItPutsIntoSaveIsStored() throws Exception {
    example("crop-lines");
    var file = Files.writeString(crowd.folder().resolve("lines.log"), "1\n2\n3\n4\n");
    var options = (ObjectNode) JSON.readTree("{\"lines\": 2}");

    var job = run(JobRequest.of("crop_lines", List.of(text(file.toUri().toString())), options));

    var url = URI.create(job.outputs().get(0).get(0).textValue());
    assertThat(url.getPath()).endsWith("/lines.txt");
    assertThat(Path.of(url)).hasContent("1\n2\n");
  }

  @Test
  void optionsAreHeldAgainstTheSchemaWhenAJobIsPosted() throws Exception {
    DroppedProgram.script(
            "choosy",
            "echo 1",
            "options: {type: object, required: [a], properties: {a: {}, n: {type: integer}},"
                + " additionalProperties: false}")
        .copyTo(actions.resolve("choosy"));
    await().atMost(30, TimeUnit.SECONDS).until(() -> offers("choosy"));
    var wrong = (ObjectNode) JSON.readTree("{\"n\": \"x\", \"b/c\": 1}");

    assertThatThrownBy(() -> client.submit(JobRequest.of("choosy", List.of(text("x")), wrong)))
        .isInstanceOfSatisfying(
            ServerProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(422);
              assertThat(refused.problem().errors())
                  .extracting(Problem.Fault::field)
                  .containsExactlyInAnyOrder("/options/n", "/options", "/options");
            });
    assertThatThrownBy(() -> client.submit(JobRequest.of("choosy", List.of(text("x")), null)))
        .hasMessageStartingWith("/options: ")
        .hasMessageContaining("'a'");
    var right = (ObjectNode) JSON.readTree("{\"n\": 3, \"a\": null}");
    assertThat(run(JobRequest.of("choosy", List.of(text("x")), right)).status())
        .isEqualTo(Status.SUCCEEDED);
    assertThat(client.action("choosy").options().get("required").get(0).asText()).isEqualTo("a");
    assertThatThrownBy(() -> client.action("none"))
        .hasMessageContaining("no live node can run an action none");
  }

  @Test
  void aSavedFileIsNamedInTheOutput() throws Exception {
    DroppedProgram.script(
            "reporting",
            "echo a > save/a.txt; echo b > save/b.txt;"
                + " echo '{\"reports\": [{\"saved\": \"b.txt\"}], \"n\": 1}'")
        .copyTo(actions.resolve("reporting"));

    var output = output("reporting", text("x"));

    assertThat(output.get("n").asInt()).isOne();
    assertThat(Path.of(URI.create(output.get("reports").get(0).textValue()))).hasContent("b\n");
    DroppedProgram.script("forgetting", "echo '{\"saved\": \"none\"}'")
        .copyTo(actions.resolve("forgetting"));
    assertThat(failure("forgetting")).contains("names a saved file 'none', which is not in ./save");
  }

  @Test
  void whatCannotBeStoredFailsItsUnitAndSaysSo() throws Exception {
    DroppedProgram.script("linking", "ln -s /etc/passwd save/link")
        .copyTo(actions.resolve("linking"));
    DroppedProgram.script("nesting", "mkdir save/in; echo a > save/in/a.txt")
        .copyTo(actions.resolve("nesting"));
    DroppedProgram.script("latin", "touch \"save/$(printf 'caf\\351')\"")
        .copyTo(actions.resolve("latin"));

    assertThat(failure("linking"))
        .isEqualTo("./save has the link 'link'; links are not followed: copy the file");
    assertThat(failure("nesting")).startsWith("./save has the folder 'in'; only files are stored");
    assertThat(failure("latin")).startsWith("./save has a file whose name is not UTF-8");
  }

  @Test
  void itIsToldOfItsUnitInJsonAndInItsEnvironment() throws Exception {
    DroppedProgram.of("name: echo\nprocess: [cat]\n").copyTo(actions.resolve("echo"));
    var options = (ObjectNode) JSON.readTree("{\"a\": [1]}");
    var input = JSON.readTree("{\"deep\": [\"ü\"]}");

    var job = run(JobRequest.of("echo", List.of(input), options));

    var order = job.outputs().get(0);
    assertThat(order.get("input")).isEqualTo(input);
    assertThat(order.get("options")).isEqualTo(options);
    assertThat(order.get("stage").asText()).isEqualTo("process");
    assertThat(order.get("job_id").asLong()).isEqualTo(job.id());
    assertThat(order.get("work_unit_id").asLong()).isPositive();
    assertThat(order.get("attempt").asInt()).isOne();

    DroppedProgram.script(
            "environment",
            "printf '\"%s\"' \"$CROWD_INPUT $CROWD_STAGE $CROWD_JOB_ID $CROWD_ATTEMPT"
                + " ${CROWD_DATABASE_PASSWORD:-none} $(pwd | sed 's/_[0-9].*//; s/.*\\///')\"")
        .copyTo(actions.resolve("environment"));
    var told = run("environment", text("in"));
    assertThat(told.outputs().get(0).asText())
        .isEqualTo("in process " + told.id() + " 1 none unit");
  }

  @Test
  void anInputOfMegabytesIsReadToItsEnd() throws Exception {
    DroppedProgram.of("name: long_echo\nprocess: [cat]\n").copyTo(actions.resolve("long_echo"));
    var input = text("x".repeat(3_000_000));

    assertThat(output("long_echo", input).get("input")).isEqualTo(input);
  }

  @Test
  void itSplitsAndMerges() throws Exception {
    DroppedProgram.of(
            "name: staged\nsplit: [\"./run.sh\"]\nprocess: [\"./run.sh\"]\nmerge: [\"./run.sh\"]\n")
        .with(
            "run.sh",
            "#!/bin/sh\ncase $CROWD_STAGE in split) echo '[1, 2, 3]';; process) echo"
                + " \"$CROWD_INPUT$CROWD_INPUT\";; merge) echo \"$CROWD_INPUT\";; esac\n")
        .copyTo(actions.resolve("staged"));

    assertThat(output("staged", text("x"))).isEqualTo(JSON.readTree("[11, 22, 33]"));
  }

  @Test
  void aZipOrASingleExecutableWillDo() throws Exception {
    DroppedProgram.script("zipped", "echo 1").zipTo(actions.resolve("zipped.zip"));
    DroppedProgram.of("name: none\nprocess: [none]\n")
        .with("single.action.yaml", "name: single\nprocess: [\"./single\", \"2\"]\n")
        .with("single", "#!/bin/sh\necho $1\n")
        .copyTo(crowd.folder().resolve("pieces"));
    for (String file : List.of("single", "single.action.yaml")) {
      Files.copy(crowd.folder().resolve("pieces").resolve(file), actions.resolve(file));
    }

    assertThat(output("zipped", text("x")).asInt()).isOne();
    assertThat(output("single", text("x")).asInt()).isEqualTo(2);

    Files.writeString(actions.resolve("single"), "#!/bin/sh\necho 3$1\n");
    await().atMost(30, TimeUnit.SECONDS).until(() -> output("single", text("x")).asInt() == 32);
  }

  @Test
  void itsUnitsEndOnTheVersionTheyBeganWith() throws Exception {
    var go = crowd.folder().resolve("go");
    var begun = crowd.folder().resolve("begun");
    DroppedProgram.script(
            "versioned",
            "touch "
                + begun
                + "\nuntil [ -e "
                + go
                + " ]; do sleep 0.05; done\n. \"$(dirname \"$0\")/part.sh\"",
            "version: 1.0.0")
        .with("part.sh", "echo 1\n")
        .copyTo(actions.resolve("versioned"));
    await().atMost(30, TimeUnit.SECONDS).until(() -> offers("versioned"));
    var job = client.submit(JobRequest.of("versioned", List.of(text("x")), null));
    await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(begun));

    DroppedProgram.script("versioned", "echo 2", "version: 2.0.0")
        .copyTo(actions.resolve("versioned"));
    await().atMost(30, TimeUnit.SECONDS).until(this::secondIsInstalled);
    Files.createFile(go);

    assertThat(Orders.await(client, job).outputs().get(0).asInt()).isOne();
    var later = run("versioned", text("x"));
    assertThat(later.outputs().get(0).asInt()).isEqualTo(2);
    assertThat(attempts(job)).extracting(AttemptView::version).containsExactly("1.0.0");
    assertThat(attempts(later)).extracting(AttemptView::version).containsExactly("2.0.0");
  }

  private boolean secondIsInstalled() throws IOException {
    return Files.readString(crowd.conf().resolve("data/log/crowd.log"))
        .contains("Action versioned 2.0.0 is installed");
  }

  private boolean offers(String action) throws Exception {
    return client.nodes().get(0).actions().contains(action);
  }

  private List<AttemptView> attempts(JobView job) throws Exception {
    return client.unit(client.units(job.id(), 1, null).units().get(0).id()).history();
  }

  @Test
  void aProgramThatFailsSaysWhy() throws Exception {
    DroppedProgram.script("failing", "echo first >&2; echo the disk is gone >&2; exit 7")
        .copyTo(actions.resolve("failing"));
    DroppedProgram.script("chatting", "echo Done.").copyTo(actions.resolve("chatting"));
    DroppedProgram.script("twofold", "echo 1; echo 2").copyTo(actions.resolve("twofold"));
    DroppedProgram.of("name: absent\nprocess: [no-such-program-anywhere]\n")
        .copyTo(actions.resolve("absent"));

    assertThat(failure("failing"))
        .isEqualTo("the program ended with exit code 7: first\nthe disk is gone");
    assertThat(failure("chatting")).contains("what the program printed is no JSON value");
    assertThat(failure("twofold")).contains("what the program printed is no JSON value");
    assertThat(failure("absent"))
        .contains("the program no-such-program-anywhere cannot be started");
  }

  @Test
  void aProgramIsHeldToItsLimits() throws Exception {
    DroppedProgram.script("flooding", "yes 1234567890").copyTo(actions.resolve("flooding"));
    DroppedProgram.script("gossiping", "head -c 100000000 /dev/zero >&2; echo 1")
        .copyTo(actions.resolve("gossiping"));
    DroppedProgram.script("endless", "sleep 1000", "timeout: 0.5")
        .copyTo(actions.resolve("endless"));
    DroppedProgram.script(
            "greedy", "head -c 400000000 /dev/zero | tail | wc -c; sleep 20", "memory: 50")
        .copyTo(actions.resolve("greedy"));

    assertThat(failure("flooding")).contains("printed more than 16 MiB as its output");
    assertThat(output("gossiping", text("x")).asInt()).isOne();
    assertThat(failure("endless")).isEqualTo("took longer than its timeout of 0.5 s");
    assertThat(failure("greedy")).contains("MiB of memory, more than its memory 50");
  }

  @Test
  void whatItLeavesBehindIsEnded() throws Exception {
    var pids = crowd.folder().resolve("pids");
    DroppedProgram.script(
            "leaving",
            "sleep 1000 & echo $! >> "
                + pids
                + "\n(setsid sh -c 'echo $$ >> "
                + pids
                + "; exec sleep 1000' > /dev/null 2>&1 < /dev/null &)\nuntil [ \"$(wc -l < "
                + pids
                + ")\" = 2 ]; do sleep 0.05; done; echo 5")
        .copyTo(actions.resolve("leaving"));

    assertThat(output("leaving", text("x")).asInt()).isEqualTo(5);

    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () ->
                Files.readAllLines(pids).stream()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aManifestThatIsWrongIsReportedWithWhatIsWrong() throws Exception {
    var wrong = new LinkedHashMap<String, String>();
    wrong.put("name: w1\nprocess: [true]\ncolour: red\n", "there is no key 'colour'; known are");
    wrong.put("name: w2\nprocess: true\n", "process must be a list of texts");
    wrong.put("name: w3\nprocess: [\"./none\"]\n", "there is no file ./none");
    wrong.put("name: w4\nprocess: [\"./../../etc/passwd\"]\n", "leads out of the folder");
    wrong.put("name: a/b\nprocess: [x]\n", "name must be 1 to 100 letters");
    wrong.put("name: w5\nprocess: [x]\nversion: new\n", "version must be an OSGi version");
    wrong.put("name: w6\nprocess: [x]\ntimeout: soon\n", "timeout must be a number");
    wrong.put("name: w7\nprocess: [x]\noptions: [1]\n", "options must be keys and values");
    wrong.put(
        "name: w9\nprocess: [x]\noptions: {type: objekt}\n", "options are no JSON Schema: /type");
    wrong.put("name: w8\n", "process is missing");
    wrong.put("name: \"x\n", "it is no YAML");
    wrong.put("name: word_count\nprocess: [x]\n", "the action 'word_count' is brought by");
    int number = 0;
    for (String manifest : wrong.keySet()) {
      number++;
      DroppedProgram.of(manifest).copyTo(actions.resolve("wrong" + number));
    }

    await().atMost(30, TimeUnit.SECONDS).until(() -> problems().size() == wrong.size());

    int seen = 0;
    for (String message : wrong.values()) {
      seen++;
      var name = "wrong" + seen + ": ";
      assertThat(problems())
          .anySatisfy(problem -> assertThat(problem).startsWith(name).contains(message));
    }
    assertThat(up.errors()).contains("there is no key 'colour'");
    var counted = Files.writeString(crowd.folder().resolve("counted"), "a b").toUri().toString();
    assertThat(output("word_count", text(counted)).asInt()).isEqualTo(2);
    for (int i = 1; i <= wrong.size(); i++) {
      PathUtils.deleteDirectory(actions.resolve("wrong" + i));
    }
    await().atMost(30, TimeUnit.SECONDS).until(() -> problems().isEmpty());
  }

  private List<String> problems() throws Exception {
    return client.nodes().get(0).problems();
  }
}
