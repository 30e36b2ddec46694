/** The server's commands in the shell. They can be stopped without affecting other bundles. */
package org.cloudcrowd.server.console;
