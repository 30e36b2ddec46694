package org.cloudcrowd.node.actions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.actionmodel.InvalidSchemaException;
import org.cloudcrowd.actionmodel.OptionsSchema;
import org.cloudcrowd.protocol.json.WireJson;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.VersionRange;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions that are installed in this container, kept current as bundles are started and
 * stopped.
 */
@Component(service = InstalledActions.class)
public final class InstalledActions {
  private static final Logger log = LoggerFactory.getLogger(InstalledActions.class);

  private final Map<ServiceReference<Action>, InstalledAction> actions = new ConcurrentHashMap<>();
  private final ObjectMapper json = WireJson.newMapper();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  @Reference(
      service = Action.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addAction(ServiceReference<Action> reference) {
    if (!(reference.getProperty(Action.NAME) instanceof String name)) {
      log.error(
          "An action of bundle {} has no name; give its component @ActionName",
          reference.getBundle().getSymbolicName());
      return;
    }
    var action = InstalledAction.of(reference, options(reference, name));
    actions.put(reference, action);
    log.info("Action {} {} is installed", name, action.version());
    listeners.forEach(Runnable::run);
  }

  /** An invalid schema is logged, and options are not checked. */
  private ObjectNode options(ServiceReference<Action> reference, String name) {
    try {
      var schema = schema(reference);
      if (schema == null) {
        return null;
      }
      var unused = OptionsSchema.of(schema);
      return (ObjectNode) schema;
    } catch (IOException | InvalidSchemaException e) {
      log.error(
          "The options of action {} are not checked: their schema is none: {}",
          name,
          e.getMessage());
      return null;
    }
  }

  private JsonNode schema(ServiceReference<Action> reference) throws IOException {
    if (reference.getProperty(Action.OPTIONS) instanceof String text) {
      return json.readTree(text);
    }
    if (!(reference.getProperty(Action.OPTIONS_TYPE) instanceof String type)) {
      return null;
    }
    var path = Action.OPTIONS_FOLDER + type.replace('.', '/') + ".json";
    var entry = reference.getBundle().getEntry(path);
    if (entry == null) {
      throw new IOException("its bundle has no " + path);
    }
    try (var in = entry.openStream()) {
      return json.readTree(in);
    }
  }

  void removeAction(ServiceReference<Action> reference) {
    var gone = actions.remove(reference);
    if (gone != null) {
      log.info("Action {} {} is gone", gone.name(), gone.version());
      listeners.forEach(Runnable::run);
    }
  }

  /**
   * The highest version of an action that is installed, or null if there is none.
   *
   * @param versions which it may be, or null for any
   */
  public InstalledAction find(String name, VersionRange versions) {
    return ofOwner(name)
        .filter(action -> versions == null || versions.includes(action.version()))
        .max(Comparator.comparing(InstalledAction::version))
        .orElse(null);
  }

  private Stream<InstalledAction> ofOwner(String name) {
    var owner = owner(name);
    return named(name).filter(action -> isOf(action, owner));
  }

  private Stream<InstalledAction> named(String name) {
    return actions.values().stream().filter(action -> action.name().equals(name));
  }

  /**
   * Of several bundles that provide an action, the one that was installed first; null where none
   * provides it.
   */
  private Bundle owner(String name) {
    return named(name)
        .map(InstalledAction::bundle)
        .min(Comparator.comparing(Bundle::getBundleId))
        .orElse(null);
  }

  private static boolean isOf(InstalledAction action, Bundle owner) {
    return action.bundle().getSymbolicName().equals(owner.getSymbolicName());
  }

  /** The actions of a bundle that another bundle provides already, with that bundle. */
  Map<String, Bundle> rivalsOf(Bundle bundle) {
    var rivals = new TreeMap<String, Bundle>();
    for (InstalledAction action : actions.values()) {
      var owner = owner(action.name());
      if (action.bundle().equals(bundle) && owner != null && !isOf(action, owner)) {
        rivals.put(action.name(), owner);
      }
    }
    return rivals;
  }

  /** Whether the action is still installed, and its bundle was not updated since. */
  public boolean isCurrent(InstalledAction action) {
    return actions.containsValue(action);
  }

  /** Whether every action that a bundle has registered by now is known here. */
  boolean knowsThoseOf(Bundle bundle) {
    var services = bundle.getRegisteredServices();
    return services == null
        || Arrays.stream(services)
            .filter(service -> service.getProperty(Action.NAME) instanceof String)
            .allMatch(actions::containsKey);
  }

  public List<InstalledAction> all() {
    return actions.values().stream()
        .map(InstalledAction::name)
        .distinct()
        .sorted()
        .flatMap(this::ofOwner)
        .toList();
  }

  /** The actions that this node advertises. */
  public List<AdvertisedAction> advertised() {
    return all().stream().map(InstalledAction::advertised).toList();
  }

  /**
   * Subscribes to changes of the installed actions. The listener is called on the thread that
   * started or stopped the bundle, and must return soon.
   *
   * @return ends the subscription when it is run
   */
  public Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
