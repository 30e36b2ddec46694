/** Sessions of the shell, wherever its terminal is. */
package org.cloudcrowd.terminal.session;
