/** What changes jobs and units from one state to the next, each in a transaction that is given. */
package org.cloudcrowd.store.jpa.lifecycle;
