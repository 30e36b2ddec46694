package org.cloudcrowd.action;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of work, by the stage that every action has.
 *
 * <p>Register it as a Declarative Services component named by {@link ActionName}:
 *
 * <pre>{@code
 * @Component
 * @ActionName("shout")
 * public class Shout implements Action {
 *   @Override
 *   public Object process(ActionContext context) {
 *     return context.inputText().toUpperCase(Locale.ROOT);
 *   }
 * }
 * }</pre>
 *
 * <p>An action runs in a worker process of its own, never inside a server or node. A worker runs
 * one work unit at a time, and may run many units with the same instance, so an action needs no
 * locks and should keep nothing of one unit for the next. Stages that it has beside this one are
 * seen from the interfaces that its component provides.
 */
@ConsumerType
public interface Action {

  /** The namespace of the capabilities of a bundle that tell which actions it brings. */
  String NAMESPACE = "org.cloudcrowd.action";

  /** The service property that holds an action's name. */
  String NAME = "action.name";

  /** The service property that holds an action's description. */
  String DESCRIPTION = "action.description";

  /** The service property that holds a JSON Schema of an action's options. */
  String OPTIONS = "action.options";

  /** The service property that names the class of an action's options. */
  String OPTIONS_TYPE = "action.options.type";

  /** Where a bundle has the JSON Schemas of the classes of its actions' options. */
  String OPTIONS_FOLDER = "OSGI-INF/options/";

  /**
   * Does the work of one unit.
   *
   * @param context the unit's input, options and files
   * @return the unit's output: null, a {@link String}, {@link Number}, {@link Boolean}, or a {@link
   *     java.util.List} or {@link java.util.Map} (with string keys) of such values; {@link
   *     java.net.URI} and {@link java.nio.file.Path} count as their text
   * @throws ActionFailure to fail this attempt with just a message
   * @throws Exception to fail this attempt with the exception's class and message
   */
  Object process(ActionContext context) throws Exception;
}
