/**
 * What actions do with PDFs and the files that they make of them. PDFs come from anywhere: none may
 * make a tool read another file or fill the machine.
 */
package org.cloudcrowd.action.pdf;
