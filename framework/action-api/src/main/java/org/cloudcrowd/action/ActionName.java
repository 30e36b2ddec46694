package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which jobs ask for an action, for example {@code word_count}: letters, digits, {@code
 * _}, {@code -} and {@code .}, at most 100 of them.
 *
 * <p>A component property type: it becomes the service property {@link Action#NAME}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActionName {
  /** The name. */
  String value();
}
