/** What an operator tells the server. */
package org.cloudcrowd.server.settings;
