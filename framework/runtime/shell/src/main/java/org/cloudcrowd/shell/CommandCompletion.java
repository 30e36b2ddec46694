package org.cloudcrowd.shell;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** The service property that tells the shell how to complete the arguments of commands. */
@ComponentPropertyType
public @interface CommandCompletion {
  /** The name of the service property. */
  String PROPERTY = "org.cloudcrowd.completion";

  /** The prefix of commands that only complete arguments. */
  String PREFIX_ = "org.cloudcrowd.";

  /**
   * Lines {@code COMMAND=COMMAND}: after the first, the words that the second returns as a
   * collection are offered.
   */
  String[] completion();
}
