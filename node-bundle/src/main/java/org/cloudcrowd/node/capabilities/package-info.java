/** Tools and labels of this machine, as capabilities that actions may require. */
package org.cloudcrowd.node.capabilities;
