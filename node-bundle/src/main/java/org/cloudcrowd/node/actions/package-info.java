/** The installed actions, and the folders that their bundles are installed from. */
package org.cloudcrowd.node.actions;
