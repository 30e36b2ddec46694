package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * What an action does, in a sentence that {@code GET /actions} shows.
 *
 * <p>A component property type: it becomes the service property {@link Action#DESCRIPTION}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActionDescription {
  /** The description. */
  String value();
}
