package org.cloudcrowd.node.workers;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations of a worker's shared bundles: those of this container. */
final class SharedConfiguration {
  private static final Set<String> PIDS =
      Set.of("org.cloudcrowd.assets", "org.cloudcrowd.assets.s3", "org.cloudcrowd.inputs");

  private final ConfigurationAdmin configurations;

  SharedConfiguration(ConfigurationAdmin configurations) {
    this.configurations = configurations;
  }

  /** The values of each configuration, by its PID. */
  Map<String, Map<String, List<String>>> values() throws IOException {
    var shared = new HashMap<String, Map<String, List<String>>>();
    for (String pid : PIDS) {
      var values = values(pid);
      if (!values.isEmpty()) {
        shared.put(pid, values);
      }
    }
    return shared;
  }

  private Map<String, List<String>> values(String pid) throws IOException {
    try {
      var found = configurations.listConfigurations("(service.pid=" + pid + ")");
      var values = new HashMap<String, List<String>>();
      if (found != null) {
        // As the components here get them: the command line may stand over the file.
        var properties = found[0].getProcessedProperties(null);
        for (String key : Collections.list(properties.keys())) {
          if (!key.startsWith("service.") && !key.startsWith("felix.")) {
            values.put(key, texts(properties.get(key)));
          }
        }
      }
      return values;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> texts(Object value) {
    return value instanceof Object[] array
        ? Arrays.stream(array).map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
