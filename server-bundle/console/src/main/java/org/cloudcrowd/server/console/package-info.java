/** The server's commands in the shell. They can be stopped without touching anything else. */
package org.cloudcrowd.server.console;
