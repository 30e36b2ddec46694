/**
 * A node: it knows which actions are installed ({@code actions}), keeps worker processes ({@code
 * workers}), runs units in them ({@code units}), speaks with the server ({@code server}), and says
 * that it is here ({@code presence}).
 */
package org.cloudcrowd.node;
