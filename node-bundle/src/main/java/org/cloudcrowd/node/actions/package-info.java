/** Which actions are installed, and where their bundles come from. */
package org.cloudcrowd.node.actions;
