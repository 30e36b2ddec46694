package org.cloudcrowd.server.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudcrowd.store.UnitLimit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What is configured for single actions now; files come and go while the server runs. */
@Component(service = RulesOfActions.class)
public final class RulesOfActions {
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<ActionRules> rules;

  /** What is configured for an action. */
  public Optional<ActionRules> find(String action) {
    return rules.stream().filter(rule -> rule.name().equals(action)).findFirst();
  }

  /** The limits of those of the actions that have any. */
  public Map<String, UnitLimit> limits(Collection<String> actions) {
    return rules.stream()
        .filter(rule -> actions.contains(rule.name()))
        .collect(Collectors.toMap(ActionRules::name, ActionRules::limit, (one, other) -> one));
  }
}
