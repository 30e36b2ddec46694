/**
 * What the tests do to a running process of the product: they crash it where they want to, or take
 * one of its mechanisms away. The classes are changed as they are loaded, so that the product
 * itself knows nothing of it.
 */
package org.cloudcrowd.itests.agent;
