package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * What a job's options may be: a JSON Schema (draft 2020-12) of at most 65,536 characters, which
 * refers to nothing outside of itself. A job with other options is refused when it is submitted,
 * with the path of each fault.
 *
 * <p>A component property type: it becomes the service property {@link Action#OPTIONS}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActionOptions {
  /** The schema. */
  String value();
}
