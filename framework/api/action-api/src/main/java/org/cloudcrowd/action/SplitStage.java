package org.cloudcrowd.action;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The stage that cuts one input into many, before {@link Action#process}.
 *
 * <p>An {@link Action} whose component also provides this interface begins each of its jobs here.
 */
@ConsumerType
public interface SplitStage {

  /**
   * Splits one of the job's inputs.
   *
   * @param context the input to split, with the job's options
   * @return the inputs of the work units to process, in order, each a value as {@link
   *     Action#process} may return; an empty list leaves nothing to process
   * @throws Exception to fail this attempt, as for {@link Action#process}
   */
  List<?> split(ActionContext context) throws Exception;
}
