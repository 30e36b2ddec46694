package org.cloudcrowd.action;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The stage that makes one output of many, after every {@link Action#process} has succeeded.
 *
 * <p>An {@link Action} whose component also provides this interface ends each of its jobs here.
 */
@ConsumerType
public interface MergeStage {

  /**
   * Merges the outputs of the whole job.
   *
   * @param context the job's options and files; its input is the list of outputs
   * @param outputs what processing returned, in the order of the job's inputs, as parsed JSON
   * @return the job's one output, a value as {@link Action#process} may return
   * @throws Exception to fail this attempt, as for {@link Action#process}
   */
  Object merge(ActionContext context, List<?> outputs) throws Exception;
}
