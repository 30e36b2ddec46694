package org.cloudcrowd.action.wordcount;

import java.util.List;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.MergeStage;
import org.osgi.service.component.annotations.Component;

/** Counts the words of each input file with {@code wc -w}, and adds the counts up. */
@Component
@ActionName("word_count")
@ActionDescription("Counts the words of text files, as wc -w does, and adds them up.")
public final class WordCount implements Action, MergeStage {

  @Override
  public Object process(ActionContext context) {
    var line = context.run("wc", "-w", context.inputPath().toString()).strip();
    return Long.valueOf(line.substring(0, line.indexOf(' ')));
  }

  @Override
  public Object merge(ActionContext context, List<?> counts) {
    return counts.stream().mapToLong(count -> ((Number) count).longValue()).sum();
  }
}
