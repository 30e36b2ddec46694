/**
 * What an action author compiles against.
 *
 * <p>An action is a Declarative Services component that implements {@link
 * org.cloudcrowd.action.Action} and, where it has those stages, {@link
 * org.cloudcrowd.action.SplitStage} and {@link org.cloudcrowd.action.MergeStage}. Authors implement
 * these three; the {@link org.cloudcrowd.action.ActionContext} is given by the worker process that
 * runs the action.
 */
@Export
@Version("1.1.0")
package org.cloudcrowd.action;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
