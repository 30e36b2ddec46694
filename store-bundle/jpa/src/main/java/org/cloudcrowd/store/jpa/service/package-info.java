/** The services of {@link org.cloudcrowd.store} and the database that they share. */
package org.cloudcrowd.store.jpa.service;
