/** The queue: claims, leases, fairness, throttles, and the units that become due. */
package org.cloudcrowd.store.jpa.queue;
