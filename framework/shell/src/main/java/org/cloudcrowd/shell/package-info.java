/**
 * For the bundles that bring commands to the shell: how what a command shows is laid out, and how
 * it says no. A command is a method of a service with {@code @GogoCommand(scope = "crowd", function
 * = …)}; it returns what it shows, as a text or a {@link org.cloudcrowd.shell.Table}, and throws a
 * {@link org.cloudcrowd.shell.CommandRefusedException} where it was asked for what cannot be.
 */
@Export
@Version("1.0.0")
package org.cloudcrowd.shell;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
