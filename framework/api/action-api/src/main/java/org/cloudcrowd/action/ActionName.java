package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which jobs ask for an action, for example {@code word_count}: letters, digits, {@code
 * _}, {@code -} and {@code .}, at most 100 of them.
 *
 * <p>A component property type: it becomes the service property {@link Action#NAME}, and a
 * capability of the bundle in the namespace {@value Action#NAMESPACE}, so that what a bundle brings
 * is seen before it runs.
 */
@Capability(namespace = Action.NAMESPACE, name = "${#value}")
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActionName {
  /** The name. */
  String value();
}
