/** The commands that {@code crowd} has. */
package org.cloudcrowd.launcher.cli;
