/** Boots a Felix framework in a role, and knows nothing of what its bundles do. */
package org.cloudcrowd.launcher.container;
