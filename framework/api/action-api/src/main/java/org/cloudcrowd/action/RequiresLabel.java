package org.cloudcrowd.action;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/**
 * A label that a node must have, for example {@code @RequiresLabel("gpu")}. Which labels a node
 * has, its operator says.
 *
 * <p>It becomes a requirement of the bundle in the namespace {@value #NAMESPACE}, so the bundle
 * resolves on such nodes alone.
 */
@Requirement(
    namespace = RequiresLabel.NAMESPACE,
    filter = "(" + RequiresLabel.NAMESPACE + "=${#value})")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RequiresLabel {
  /** The namespace of labels. */
  String NAMESPACE = "org.cloudcrowd.label";

  /** The label. */
  String value();
}
