/** Sessions of the shell, on any terminal. */
package org.cloudcrowd.terminal.session;
