/** The commands that install, start and administer a container on this machine. */
package org.cloudcrowd.cli.container;
