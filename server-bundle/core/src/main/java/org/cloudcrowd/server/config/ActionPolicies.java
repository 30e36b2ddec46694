package org.cloudcrowd.server.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudcrowd.store.unit.UnitLimit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The current policies of actions; their configurations may change while the server runs. */
@Component(service = ActionPolicies.class)
public final class ActionPolicies {
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<ActionPolicy> policies;

  /** The policy of an action. */
  public Optional<ActionPolicy> find(String action) {
    return policies.stream().filter(policy -> policy.name().equals(action)).findFirst();
  }

  /** The limits of the actions that have any. */
  public Map<String, UnitLimit> limits(Collection<String> actions) {
    return policies.stream()
        .filter(policy -> actions.contains(policy.name()))
        .collect(Collectors.toMap(ActionPolicy::name, ActionPolicy::limit, (one, other) -> one));
  }
}
