package org.cloudcrowd.shell;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** Says, of a service with commands, what follows a command where the shell completes a line. */
@ComponentPropertyType
public @interface CommandCompletion {
  /** The name of the service property. */
  String PROPERTY = "org.cloudcrowd.completion";

  /** Names without a word of their own stand under this prefix. */
  String PREFIX_ = "org.cloudcrowd.";

  /**
   * Lines {@code COMMAND=COMMAND}: after the first, the words that the second returns as a
   * collection are offered.
   */
  String[] completion();
}
