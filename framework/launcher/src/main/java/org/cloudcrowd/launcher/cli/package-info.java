/** The commands of {@code crowd}. */
package org.cloudcrowd.launcher.cli;
