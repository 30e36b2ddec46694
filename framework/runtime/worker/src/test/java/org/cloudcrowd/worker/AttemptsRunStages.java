package org.cloudcrowd.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.assets.AssetKey;
import org.cloudcrowd.assets.FetchPlace;
import org.cloudcrowd.assets.FetchedInput;
import org.cloudcrowd.assets.InputFetcher;
import org.cloudcrowd.assets.InputSource;
import org.cloudcrowd.outbound.ServerExposure;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.unit.Lease;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.unit.UnitOrder;
import org.cloudcrowd.protocol.worker.ToolLimits;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.WorkerOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsRunStages {
  private final ObjectMapper json = WireJson.newMapper();
  private ToolLimits limits = ToolLimits.NONE;
  @TempDir Path folder;

  /** Brings a file that holds the URL it was asked for. */
  private static final class EchoingFetcher implements InputFetcher {
    @Override
    public FetchedInput fetch(InputSource source, FetchPlace place) throws IOException {
      var url = source.url();
      if (url.contains("missing")) {
        throw new IOException("cannot fetch " + url + ": the answer was HTTP 404");
      }
      return new FetchedInput(
          Files.writeString(place.directory().resolve("page.txt"), url),
          new FetchedInput.Reply(200, "text/plain"));
    }
  }

  /** Keeps nothing, but says where it would. */
  private static URI name(AssetKey key, Path file) {
    return URI.create("asset:/" + key.path() + "?" + file.toFile().length());
  }

  private UnitAnswer run(Action action, Stage stage, String input) throws IOException {
    var order =
        new WorkerOrder(
            new UnitOrder(
                new Lease(7, 2, "token"),
                3,
                "test",
                null,
                stage,
                json.readTree(input),
                json.readTree("{\"size\":5}"),
                "errand",
                null),
            ServerExposure.LOOPBACK.name());
    var environment =
        new WorkerEnvironment(folder, null, limits, new EchoingFetcher(), AttemptsRunStages::name);
    return new StageRunner(action, environment).run(order);
  }

  private JsonNode output(Action action, String input) throws IOException {
    var answer = run(action, Stage.PROCESS, input);
    assertThat(answer.failure()).isNull();
    assertThat(answer.workUnitId()).isEqualTo(7);
    return answer.output();
  }

  private String failure(Action action, String input) throws IOException {
    return run(action, Stage.PROCESS, input).failure();
  }

  @Test
  void anActionSeesItsInputAndOptionsAsPlainValues() throws IOException {
    assertThat(output(context -> context.input(), "{\"a\":[1,2.5,true,null]}"))
        .isEqualTo(json.readTree("{\"a\":[1,2.5,true,null]}"));
    assertThat(output(ActionContext::options, "1"))
        .hasToString("{\"size\":5,\"job_id\":3,\"work_unit_id\":7,\"attempts\":1}");
    assertThat(
            output(
                context -> List.of(context.jobId(), context.workUnitId(), context.attempt()), "1"))
        .hasToString("[3,7,2]");
    assertThat(output(ActionContext::inputText, "\"text\"").asText()).isEqualTo("text");
    assertThat(failure(ActionContext::inputText, "1")).isEqualTo("the input is no text");
  }

  @Test
  void aNumberReachesAnActionAndComesBackAsItIs() throws IOException {
    var numbers = "[1,-0,1e400,0.1000000000000000055511151231257827021181583404541015625,2.50]";
    assertThat(output(ActionContext::input, numbers).toString())
        .isEqualTo("[1,-0.0,1e400,0.1000000000000000055511151231257827021181583404541015625,2.5]");
    assertThat(
            output(
                context ->
                    ((List<?>) context.input())
                        .stream().map(value -> value.getClass().getSimpleName()).toList(),
                "[2.5,1e7,7]"))
        .hasToString("[\"Double\",\"Double\",\"Integer\"]");
  }

  @Test
  void whatJsonCannotHoldFailsTheAttempt() throws IOException {
    assertThat(failure(context -> List.of(Double.NaN), "1"))
        .isEqualTo("the action returned NaN, a number that JSON has not");
    assertThat(failure(context -> Float.POSITIVE_INFINITY, "1"))
        .isEqualTo("the action returned Infinity, a number that JSON has not");
    assertThat(failure(context -> "half \ud83d", "1"))
        .isEqualTo(
            "what the action returned has no JSON: a string has half of a surrogate pair, \\ud83d,"
                + " alone");
  }

  @Test
  void aUrlIsDownloadedFirst() throws IOException {
    assertThat(
            output(
                context ->
                    Map.of(
                        "name", context.fileName(), "text", Files.readString(context.inputPath())),
                "\"http://host/a\""))
        .isEqualTo(json.readTree("{\"name\":\"page\",\"text\":\"http://host/a\"}"));
    assertThat(failure(ActionContext::input, "\"http://host/missing\""))
        .isEqualTo("cannot fetch http://host/missing: the answer was HTTP 404");
    assertThat(failure(ActionContext::inputPath, "\"text\""))
        .isEqualTo("the input is no URL, so there is no file of it");
  }

  @Test
  void twoDownloadsOfOneNameDoNotMeet() throws IOException {
    var texts =
        output(
            context ->
                List.of(
                    Files.readString(context.download("http://a")),
                    Files.readString(context.download("http://b"))),
            "1");

    assertThat(texts).isEqualTo(json.readTree("[\"http://a\",\"http://b\"]"));
  }

  @Test
  void whatIsSavedIsNamedByItsAttempt() throws IOException {
    assertThat(
            output(
                    context ->
                        context.save(
                            Files.writeString(context.workDirectory().resolve("f.txt"), "abc")),
                    "1")
                .asText())
        .isEqualTo("asset:/test/job_3/unit_7/attempt_2/f.txt?3");
  }

  @Test
  void theWorkDirectoryIsEmptyAndGoneAfterwards() throws IOException {
    Files.createDirectories(folder.resolve("unit_7_attempt_2/left-over"));

    var directory =
        output(
            context -> {
              assertThat(context.workDirectory()).isEmptyDirectory();
              Files.createDirectories(context.workDirectory().resolve("a/b"));
              return context.workDirectory();
            },
            "1");

    assertThat(Path.of(directory.asText())).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anAttemptThatAsksForNoDirectoryMakesNone() throws IOException {
    output(
        context -> {
          assertThat(folder).isEmptyDirectory();
          return 1;
        },
        "1");
  }

  @Test
  void aProgramRunsInTheWorkDirectoryAndItsArgumentsAreNoShells() throws IOException {
    assertThat(
            output(
                    context ->
                        context
                            .run("pwd")
                            .strip()
                            .equals(context.workDirectory().toRealPath().toString()),
                    "1")
                .asBoolean())
        .isTrue();
    assertThat(
            output(
                    context -> context.run("printf", "%s|", "a b", "$HOME", "'q'", "\"d\"", "*"),
                    "1")
                .asText())
        .isEqualTo("a b|$HOME|'q'|\"d\"|*|");
  }

  @Test
  void aProgramThatFailsDoesSoLoudly() throws IOException {
    assertThat(failure(context -> context.run("sh", "-c", "echo out; echo err >&2; exit 3"), "1"))
        .isEqualTo("sh ended with exit code 3: err\nout");
    assertThat(failure(context -> context.run("false"), "1"))
        .isEqualTo("false ended with exit code 1 and wrote nothing");
    assertThat(failure(context -> context.run("no-such-program"), "1"))
        .startsWith("cannot run no-such-program: ");
    assertThat(
            failure(
                context ->
                    context.run(
                        "head", "-c", Integer.toString(Command.MAX_OUTPUT_BYTES + 1), "/dev/zero"),
                "1"))
        .isEqualTo("head wrote more than 16 MiB");
  }

  @Test
  void whatAProgramKeepsForItselfLiesInTheDirectoryOfItsAttempt() throws IOException {
    var places =
        output(
                context ->
                    context.run(
                        "sh",
                        "-c",
                        "for place in $TMPDIR $TMP $TEMP $MAGICK_TMPDIR $HOME $XDG_CACHE_HOME;"
                            + " do mktemp $place/XXXX; done; mktemp"),
                "1")
            .asText();

    assertThat(places.lines().toList())
        .hasSize(7)
        .allSatisfy(
            place -> {
              assertThat(place).startsWith(folder.resolve("unit_7_attempt_2") + "/");
              assertThat(Path.of(place)).doesNotExist();
            });
  }

  @Test
  void aProgramSpeaksUtf8WhateverTheSystemSays() throws IOException {
    assertThat(
            output(context -> context.run("sh", "-c", "printf 'слово и слово' | wc -w"), "1")
                .asText()
                .strip())
        .isEqualTo("3");
  }

  @Test
  void aProgramThatTakesMoreThanItMayFailsWithTheLimit() throws IOException {
    limits = new ToolLimits(0, 0, 1);
    assertThat(
            failure(context -> context.run("sh", "-c", "head -c 2000000 /dev/zero > large"), "1"))
        .isEqualTo("sh wrote a file of more than 1 MiB (worker.tool_file_megabytes)");
    limits = new ToolLimits(0, 64, 0);
    assertThat(failure(context -> context.run("head", "-c", "100000000", "/dev/zero"), "1"))
        .isNotEmpty();
    limits = ToolLimits.NONE;
    assertThat(
            failure(
                context ->
                    context.run(Duration.ofSeconds(1), List.of("sh", "-c", "while :; do :; done")),
                "1"))
        .isEqualTo("sh took more than 1 s of processor time");
  }

  @Test
  void whateverAnActionThrowsFailsItsUnit() throws IOException {
    assertThat(
            failure(
                context -> {
                  throw new ActionFailure("no such page");
                },
                "1"))
        .isEqualTo("no such page");
    assertThat(
            failure(
                context -> {
                  throw new IllegalStateException("odd");
                },
                "1"))
        .isEqualTo("java.lang.IllegalStateException: odd");
    assertThat(
            failure(
                context -> {
                  throw new NoClassDefFoundError("a/B");
                },
                "1"))
        .isEqualTo("java.lang.NoClassDefFoundError: a/B");
    assertThat(failure(context -> new Object(), "1"))
        .startsWith("the action returned a java.lang.Object; it may return text");
  }

  @Test
  void splitAndMergeAreAskedOnlyOfActionsThatHaveThem() throws IOException {
    assertThat(run(new AllStages(), Stage.SPLIT, "\"a b\"").output())
        .isEqualTo(json.readTree("[\"a\",\"b\"]"));
    assertThat(run(new AllStages(), Stage.MERGE, "[\"a\",\"b\"]").output().asText())
        .isEqualTo("a+b");
    assertThat(run(context -> 1, Stage.SPLIT, "1").failure())
        .isEqualTo("the action has no split stage");
    assertThat(run(context -> 1, Stage.MERGE, "[]").failure())
        .isEqualTo("the action has no merge stage");
  }

  private static final class AllStages implements Action, SplitStage, MergeStage {
    @Override
    public Object process(ActionContext context) {
      return context.input();
    }

    @Override
    public List<?> split(ActionContext context) {
      return List.of(context.inputText().split(" ", -1));
    }

    @Override
    public Object merge(ActionContext context, List<?> outputs) {
      return outputs.get(0) + "+" + outputs.get(1);
    }
  }
}
