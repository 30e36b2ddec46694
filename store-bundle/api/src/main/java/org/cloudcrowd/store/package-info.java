/**
 * The operations that change jobs and work units, each as a whole, and the queries that read them.
 * {@link org.cloudcrowd.store.WorkStore}, {@link org.cloudcrowd.store.WorkQueries} and {@link
 * org.cloudcrowd.store.ActionCatalog} are implemented by the store bundle alone; the server uses
 * them as services. Payloads (inputs, options, outputs) are JSON texts that the store keeps without
 * looking into them.
 */
@Export
@Version("1.1.0")
package org.cloudcrowd.store;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
