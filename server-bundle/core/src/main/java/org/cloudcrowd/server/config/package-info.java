/** The configuration of the server, and checks of names and texts. */
package org.cloudcrowd.server.config;
