package org.cloudcrowd.configuration;

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
 * Sets the command line's values over those of the files, and keeps values that do not fit from
 * every component: what was there before stays, or the default.
 *
 * <p>A fault is logged once, in one line, and stands as a {@link Condition} with the id {@code
 * org.cloudcrowd.fault} and the property {@code message}. Whoever starts the container can refuse
 * to, and a running one goes on as it was.
 */
// What it remembers must outlast each call; a component that nobody holds would be made anew.
@Component(immediate = true, property = "service.cmRanking:Integer=500")
public final class CheckedConfigurations implements ConfigurationPlugin {
  private static final Logger log = LoggerFactory.getLogger(CheckedConfigurations.class);
  private static final String OURS = "org.cloudcrowd.";
  private static final String FILE = "felix.fileinstall.filename";

  /** How the keys end that go with a password. */
  private static final String LOGIN = "login";

  private final BundleContext context;
  private final Overrides overrides;
  private final Metatypes metatypes;
  private final WrittenSecrets secrets = new WrittenSecrets(System::getenv);
  private final Set<String> reported = Collections.synchronizedSet(new HashSet<>());

  /** By PID and key, the last value that was fit. */
  private final Map<String, Map<String, Object>> accepted = new HashMap<>();

  /** Takes the overrides that the launcher has set. */
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
            found.formerKeys().ifPresent(keys -> replaceFormer(keys, pid, configuration));
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
      FormerKeys keys, String pid, Dictionary<String, Object> configuration) {
    for (String sentence : keys.replace(configuration)) {
      var message = fileName(configuration, pid) + ": " + sentence;
      if (reported.add(message)) {
        log.info("{}", message);
      }
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
