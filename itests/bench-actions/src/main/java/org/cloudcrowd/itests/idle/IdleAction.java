package org.cloudcrowd.itests.idle;

import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionName;
import org.osgi.service.component.annotations.Component;

/** Does nothing, so that what is measured is everything else. */
@Component
@ActionName("nothing")
public final class IdleAction implements Action {
  @Override
  public Object process(ActionContext context) {
    return null;
  }
}
