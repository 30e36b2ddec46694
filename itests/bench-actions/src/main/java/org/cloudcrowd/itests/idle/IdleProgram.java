package org.cloudcrowd.itests.idle;

import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionName;
import org.osgi.service.component.annotations.Component;

/** Runs a program that does nothing. */
@Component
@ActionName("program")
public final class IdleProgram implements Action {
  @Override
  public Object process(ActionContext context) {
    return context.run("/bin/true");
  }
}
