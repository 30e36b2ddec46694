/** The commands that call a server. */
package org.cloudcrowd.cli.client;
