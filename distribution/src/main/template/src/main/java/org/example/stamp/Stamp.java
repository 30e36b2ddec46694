package org.example.stamp;

import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionContext;
import org.cloudcrowd.action.ActionDescription;
import org.cloudcrowd.action.ActionName;
import org.cloudcrowd.action.ActionOptionsType;
import org.osgi.service.component.annotations.Component;

/** Stamps texts. */
@Component
@ActionName("stamp")
@ActionDescription("Puts a stamp behind a text, as often as it is told to.")
@ActionOptionsType(type = StampOptions.class)
public final class Stamp implements Action {
  @Override
  public Object process(ActionContext context) {
    var options = context.options(StampOptions.class);
    return context.inputText() + options.stampText().repeat(options.times());
  }
}
