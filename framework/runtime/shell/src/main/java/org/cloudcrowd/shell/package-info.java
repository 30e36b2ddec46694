/**
 * For bundles that provide shell commands: tables, and refusals. A command is a method of a service
 * with {@code @GogoCommand(scope = "crowd", function = …)}; it returns its output, a text or a
 * {@link org.cloudcrowd.shell.Table}, and throws a {@link
 * org.cloudcrowd.shell.CommandRefusedException} where it is refused.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.shell;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
