/** The configuration of the server. */
package org.cloudcrowd.server.settings;
