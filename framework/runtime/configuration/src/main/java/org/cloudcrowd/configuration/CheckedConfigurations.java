package org.cloudcrowd.configuration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Overrides the values of files by those of the command line, and replaces invalid values by the
 * previous value or the default before any component gets them.
 *
 * <p>A fault is logged once, in one line, and registered as a {@link Condition} with the id {@code
 * org.cloudcrowd.fault} and the property {@code message}: the launcher ends a container that is
 * starting, and a running one goes on as before.
 */
// Its state must outlast each call; a delayed component that is not in use would be recreated.
@Component(immediate = true, property = "service.cmRanking:Integer=500")
public final class CheckedConfigurations implements ConfigurationPlugin {
  private static final Logger log = LoggerFactory.getLogger(CheckedConfigurations.class);
  private static final String OURS = "org.cloudcrowd.";
  private static final String FILE = "felix.fileinstall.filename";

  /** The suffix of keys that go with a password. */
  private static final String LOGIN = "login";

  private final BundleContext context;
  private final Overrides overrides;
  private final Metatypes metatypes;
  private final WrittenSecrets secrets = new WrittenSecrets(System::getenv);
  private final Set<String> reported = Collections.synchronizedSet(new HashSet<>());

  /** By PID and key, the last valid value. */
  private final Map<String, Map<String, Object>> accepted = new HashMap<>();

  @Activate
  public CheckedConfigurations(BundleContext context, @Reference MetaTypeService metatypes) {
    this.context = context;
    this.overrides = new Overrides(context.getProperty(Overrides.PROPERTY));
    this.metatypes = new Metatypes(context, metatypes);
  }

  @Override
  public void modifyConfiguration(
      ServiceReference<?> target, Dictionary<String, Object> configuration) {
    var pid = String.valueOf(configuration.get(Constants.SERVICE_PID));
    if (!pid.startsWith(OURS)) {
      return;
    }
    try {
      var factoryPid = configuration.get(ConfigurationAdmin.SERVICE_FACTORYPID);
      var definition = metatypes.find(factoryPid == null ? pid : factoryPid.toString());
      definition.ifPresent(
          found -> {
            readSecrets(found.attributes(), configuration);
            replaceFormer(found, configuration);
          });
      overrides.of(pid).forEach(configuration::put);
      definition.ifPresent(found -> check(pid, found.attributes(), configuration));
    } catch (IllegalStateException e) {
      // The container is stopping, and with it the services that this needs.
      log.debug("The configuration {} is not checked any more", pid, e);
    }
  }

  private void readSecrets(
      ObjectClassDefinition definition, Dictionary<String, Object> configuration) {
    var file = configuration.get(FILE);
    if (file == null) {
      return;
    }
    for (var attribute : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      if (attribute.getType() == AttributeDefinition.PASSWORD
          || attribute.getID().endsWith(LOGIN)) {
        secrets
            .value(Path.of(URI.create(file.toString())), attribute.getID())
            .ifPresent(value -> configuration.put(attribute.getID(), value));
      }
    }
  }

  private void replaceFormer(
      Metatypes.Definition definition, Dictionary<String, Object> configuration) {
    try {
      for (String sentence : definition.formerKeys().replace(configuration)) {
        var message = fileName(configuration, definition.pid()) + ": " + sentence;
        if (reported.add(message)) {
          log.warn("{}", message);
        }
      }
    } catch (IOException e) {
      log.error("The former keys of {} cannot be read", definition.pid(), e);
    }
  }

  private void check(
      String pid, ObjectClassDefinition definition, Dictionary<String, Object> configuration) {
    synchronized (accepted) {
      var before = accepted.computeIfAbsent(pid, key -> new HashMap<>());
      for (var fault :
          new ConfigurationCheck(definition).faults(FrameworkUtil.asMap(configuration))) {
        report(fileName(configuration, pid), fault);
        if (before.containsKey(fault.key())) {
          configuration.put(fault.key(), before.get(fault.key()));
        } else {
          configuration.remove(fault.key());
        }
      }
      before.clear();
      before.putAll(FrameworkUtil.asMap(configuration));
    }
  }

  private void report(String file, ConfigurationCheck.Fault fault) {
    var message = file + ": " + fault.key() + " " + fault.problem();
    if (reported.add(message)) {
      log.error("{}", message);
      context.registerService(
          Condition.class,
          Condition.INSTANCE,
          FrameworkUtil.asDictionary(
              Map.of(Condition.CONDITION_ID, "org.cloudcrowd.fault", "message", message)));
    }
  }

  private static String fileName(Dictionary<String, Object> configuration, String pid) {
    var file = configuration.get(FILE);
    return file == null
        ? "command line, " + pid
        : "etc/" + file.toString().substring(file.toString().lastIndexOf('/') + 1);
  }
}
