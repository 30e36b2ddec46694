package org.cloudcrowd.action.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.SplitStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnActionRunsAsInAWorker {
  @TempDir Path folder;

  record Marks(String firstMark, int times) {}

  private static final class Words implements Action, SplitStage, MergeStage {
    @Override
    public List<?> split(ActionContext context) {
      return Arrays.asList(context.inputText().split(" ", -1));
    }

    @Override
    public Object process(ActionContext context) {
      if (context.inputText().equals("bad")) {
        throw new ActionFailure("a bad word");
      }
      var marks = context.options(Marks.class);
      return context.inputText() + String.valueOf(marks.firstMark()).repeat(marks.times());
    }

    @Override
    public Object merge(ActionContext context, List<?> outputs) {
      return Map.of("words", outputs);
    }
  }

  @Test
  void aJobGoesThroughItsStages() throws Exception {
    try (var tester = new ActionTester(new Words())) {
      tester.option("first_mark", "!").option("times", 2);

      assertThat(tester.process("hi")).isEqualTo("hi!!");
      assertThat(tester.job(List.of("a b", "c")))
          .isEqualTo(List.of(Map.of("words", List.of("a!!", "b!!", "c!!"))));
    }
  }

  @Test
  void whatFailsTheAttemptIsThrownWithItsMessage() throws Exception {
    try (var tester = new ActionTester(new Words())) {
      assertThatThrownBy(() -> tester.process("bad"))
          .isInstanceOf(ActionFailure.class)
          .hasMessage("a bad word");
      assertThatThrownBy(() -> tester.process(7)).hasMessage("the input is no text");
      assertThatThrownBy(() -> tester.option("times", "many").process("hi"))
          .hasMessageStartingWith("the options do not fit");
    }
  }

  @Test
  void filesComeAndAreKept() throws Exception {
    var file = Files.writeString(folder.resolve("in.txt"), "text");
    Action copy =
        context -> {
          var out = context.workDirectory().resolve(context.fileName() + ".out");
          Files.writeString(out, Files.readString(context.inputPath()) + "!");
          return context.save(out);
        };
    Path saved;
    try (var tester = new ActionTester(copy)) {
      saved = Path.of(java.net.URI.create((String) tester.process(file)));
      assertThat(saved).startsWith(tester.saved()).hasFileName("in.out").hasContent("text!");
    }
    assertThat(saved).doesNotExist();
  }
}
