/** The faults of this server: of its loops, and of the database. */
package org.cloudcrowd.server.health;
