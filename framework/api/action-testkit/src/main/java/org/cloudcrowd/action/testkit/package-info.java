/**
 * For the tests of authors of actions: {@link org.cloudcrowd.action.testkit.ActionTester} runs an
 * action in the process of the test, without a cluster.
 */
package org.cloudcrowd.action.testkit;
