/** The shell over SSH. */
package org.cloudcrowd.terminal.ssh;
