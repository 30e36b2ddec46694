/**
 * What differs between the databases, and the transactions on either: the interface of an engine,
 * the schema, and the signals between servers.
 */
package org.cloudcrowd.store.jpa.database;
