/** The engine of PostgreSQL. */
package org.cloudcrowd.store.jpa.postgres;
