/** The action {@code word_count}. */
package org.cloudcrowd.action.wordcount;
