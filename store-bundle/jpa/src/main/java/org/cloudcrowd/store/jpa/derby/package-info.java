/** The engine of the embedded Derby database. */
package org.cloudcrowd.store.jpa.derby;
