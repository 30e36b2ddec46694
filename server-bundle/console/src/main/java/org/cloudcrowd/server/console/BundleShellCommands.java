package org.cloudcrowd.server.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.cloudcrowd.protocol.server.BundleView;
import org.cloudcrowd.server.Bundles;
import org.cloudcrowd.server.ConflictException;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.shell.CommandCompletion;
import org.cloudcrowd.shell.CommandRefusedException;
import org.cloudcrowd.shell.Table;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for deployed bundles. */
@Component(service = BundleShellCommands.class)
@GogoCommand(
    scope = "crowd",
    function = {"bundles", "deploy", "undeploy", "__bundles"})
@CommandCompletion(completion = "undeploy=__bundles")
public final class BundleShellCommands {
  private final Bundles bundles;

  @Activate
  public BundleShellCommands(@Reference Bundles bundles) {
    this.bundles = bundles;
  }

  /** What is deployed. */
  @Descriptor("lists what is deployed to every node, and how it stands with it on each")
  public Table bundles() {
    var table = new Table("bundle", "version", "actions", "node", "status", "problem");
    for (BundleView bundle : bundles.all()) {
      bundle
          .nodes()
          .forEach(
              node ->
                  table.row(
                      bundle.symbolicName(),
                      bundle.version(),
                      String.join(", ", bundle.actions()),
                      node.host(),
                      node.status(),
                      node.problem()));
    }
    return table;
  }

  /** Deploys a file of the server's machine. */
  @Descriptor("deploys a bundle or a program's zip, a file on the server's machine, to every node")
  public String deploy(
      @Descriptor("has every node try it, and deploys nothing")
          @Parameter(
              names = {"-n", "--dry-run"},
              presentValue = "true",
              absentValue = "false")
          boolean dryRun,
      @Descriptor("the file") String file) {
    try (var content = Files.newInputStream(Path.of(file))) {
      var bundle = dryRun ? bundles.tryOut(content) : bundles.deploy(content);
      return String.join("\n", bundle.lines());
    } catch (InvalidRequestException | ConflictException e) {
      throw new CommandRefusedException(e);
    } catch (IOException e) {
      throw new CommandRefusedException("the file " + file + " cannot be read: " + e.getMessage());
    }
  }

  /** Undeploys a bundle. */
  @Descriptor("removes a deployed bundle from every node; work of its actions waits")
  public String undeploy(@Descriptor("its NAME@VERSION, its name, or its SHA-256") String name) {
    var meant = bundles.all().stream().filter(bundle -> bundle.isMeantBy(name)).toList();
    if (meant.size() != 1) {
      throw new CommandRefusedException(
          (meant.isEmpty() ? "no bundle " : "several bundles ") + name + " are deployed");
    }
    bundles.undeploy(meant.get(0).sha256());
    return meant.get(0).nameAndVersion() + " is undeployed";
  }

  /** The bundles that can be undeployed, for the completion of a line. */
  public List<String> __bundles() {
    return bundles.all().stream().map(BundleView::nameAndVersion).toList();
  }
}
