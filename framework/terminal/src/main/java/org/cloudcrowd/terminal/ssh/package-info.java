/** The shell for those who are not at the terminal. */
package org.cloudcrowd.terminal.ssh;
