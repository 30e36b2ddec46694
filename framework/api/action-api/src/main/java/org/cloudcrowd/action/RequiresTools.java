package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Several tools; {@link RequiresTool} is written more than once in place of this. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RequiresTools {
  /** The tools. */
  RequiresTool[] value();
}
