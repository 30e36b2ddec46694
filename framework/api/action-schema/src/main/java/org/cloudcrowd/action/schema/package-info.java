/** How a record of options becomes a JSON Schema, when an action is built. */
package org.cloudcrowd.action.schema;
