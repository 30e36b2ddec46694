/** The effects of transactions, which are published once they have committed. */
package org.cloudcrowd.store.jpa.events;
