package org.cloudcrowd.itests.cluster.faults;

import java.util.concurrent.Callable;
import org.cloudcrowd.itests.agent.Mutant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The long form: {@code itests/cluster/faults}. */
@Command(
    name = "faults",
    description = "Breaks a cluster of real processes while it works, and counts what was lost.",
    mixinStandardHelpOptions = true)
public final class Faults implements Callable<Integer> {
  @Option(names = "--database", defaultValue = "postgres", description = "postgres or derby")
  private String database;

  @Option(names = "--servers", defaultValue = "2", description = "how many servers")
  private int servers;

  @Option(names = "--nodes", defaultValue = "3", description = "how many nodes")
  private int nodes;

  @Option(names = "--units", defaultValue = "20000", description = "how many work units")
  private int units;

  @Option(names = "--faults", defaultValue = "300", description = "how many faults")
  private int faults;

  @Option(names = "--seed", defaultValue = "1", description = "of the choice of faults")
  private long seed;

  @Option(names = "--mutant", description = "the mechanism to take away: ${COMPLETION-CANDIDATES}")
  private Mutant mutant;

  /** Ends with 0 only if nothing was lost, doubled or stuck, and reruns and refusals were seen. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Faults()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (mutant != null) {
      System.setProperty("mutant", mutant.name());
    }
    try (var campaign =
        new Campaign(new Campaign.Plan(database, servers, nodes, units, faults, seed))) {
      var report = campaign.run();
      System.out.print(report.table());
      return report.isGood() ? 0 : 1;
    }
  }
}
