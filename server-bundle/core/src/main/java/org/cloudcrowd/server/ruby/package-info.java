/** Nodes of the Ruby original: what they do not say of themselves, this server finds out. */
package org.cloudcrowd.server.ruby;
