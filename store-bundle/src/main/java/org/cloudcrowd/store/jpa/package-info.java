/**
 * The store on EclipseLink. Entities, queries and transactions stay in here; what leaves is the
 * records of {@link org.cloudcrowd.store}.
 */
package org.cloudcrowd.store.jpa;
