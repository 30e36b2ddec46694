/** Boots a Felix framework in a role. */
package org.cloudcrowd.launcher.container;
