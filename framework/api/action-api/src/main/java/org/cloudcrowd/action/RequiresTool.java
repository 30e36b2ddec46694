package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * A program that an action runs, for example {@code @RequiresTool(value = "gm", version = "1.3")}.
 *
 * <p>It becomes a requirement of the bundle in the namespace {@value #NAMESPACE}. A node provides
 * what it finds on its path, so the bundle resolves there alone where the tool is, and only such a
 * node is sent the action's work.
 */
@Requirement(
    namespace = RequiresTool.NAMESPACE,
    filter = "(&(" + RequiresTool.NAMESPACE + "=${#value})(version>=${#version}))")
@Repeatable(RequiresTools.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RequiresTool {
  /** The namespace of tools. */
  String NAMESPACE = "org.cloudcrowd.tool";

  /** The name of its executable, without a path. */
  String value();

  /** The lowest version that will do; a tool that does not tell its version has 0. */
  String version() default "0";
}
