package org.cloudcrowd.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script of a shell. */
@Command(
    name = "completion",
    description = {
      "Prints a script by which bash and zsh complete crowd's commands and options:",
      "  source <(crowd completion)"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    var out = command.commandLine().getOut();
    out.print(AutoComplete.bash("crowd", command.parent().commandLine()));
    out.flush();
    return 0;
  }
}
