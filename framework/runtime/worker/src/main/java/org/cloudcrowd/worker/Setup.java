package org.cloudcrowd.worker;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.protocol.worker.WorkerSetup;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Configures this container as its node asks.
 *
 * <p>The shared bundles get the configuration that they have on the node, and that of {@link
 * UnitLoop} sets the target of its reference to the action.
 */
@Component(service = Setup.class, immediate = true)
public final class Setup {

  /** Reads the first message of the node, and writes the configurations in it. */
  @Activate
  public Setup(@Reference NodeChannel node, @Reference ConfigurationAdmin configurations)
      throws IOException, InterruptedException {
    var setup = node.read(WorkerSetup.class);
    for (var shared : setup.configurations().entrySet()) {
      configurations.getConfiguration(shared.getKey(), "?").update(properties(shared.getValue()));
    }
    configurations
        .getConfiguration(UnitLoop.PID, "?")
        .update(
            properties(
                Map.of(
                    "action.target",
                    List.of("(" + Action.NAME + "=" + setup.action() + ")"),
                    "directory",
                    List.of(setup.workDirectory()),
                    "sharedInputs",
                    List.of(setup.sharedInputs()),
                    "toolMinutes",
                    number(setup.tools().minutes()),
                    "toolMemoryMegabytes",
                    number(setup.tools().memoryMegabytes()),
                    "toolFileMegabytes",
                    number(setup.tools().fileMegabytes()))));
  }

  private static List<String> number(int number) {
    return List.of(Integer.toString(number));
  }

  private static Dictionary<String, Object> properties(Map<String, List<String>> values) {
    var properties = new HashMap<String, Object>();
    values.forEach(
        (key, list) ->
            properties.put(key, list.size() == 1 ? list.get(0) : list.toArray(new String[0])));
    return FrameworkUtil.asDictionary(properties);
  }
}
