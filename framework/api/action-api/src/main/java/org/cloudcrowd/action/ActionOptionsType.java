package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The record that holds a job's options, for {@link ActionContext#options(Class)}. A JSON Schema of
 * it, which the build has put into the bundle at {@value Action#OPTIONS_FOLDER} and the name of the
 * record with slashes and {@code .json}, is what a job's options are held against, as with {@link
 * ActionOptions}. The template of an action shows how it is generated.
 *
 * <p>A component property type: it becomes the service property {@link Action#OPTIONS_TYPE}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ActionOptionsType {
  /** The service property begins with this. */
  String PREFIX_ = "action.options.";

  /** The record. */
  Class<? extends Record> type();
}
