/** The entities: a class for each table, with its queries. */
package org.cloudcrowd.store.jpa.entity;
