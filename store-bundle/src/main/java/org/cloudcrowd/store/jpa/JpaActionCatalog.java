package org.cloudcrowd.store.jpa;

import java.util.Collection;
import java.util.List;
import org.cloudcrowd.store.ActionCatalog;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The catalog as a table. */
@Component
public final class JpaActionCatalog implements ActionCatalog {
  private final Transactions transactions;

  /** Keeps the catalog in a database. */
  @Activate
  public JpaActionCatalog(@Reference Database database) {
    transactions = database.transactions();
  }

  @Override
  public void offer(Collection<KnownAction> actions) {
    transactions.run(
        "record a node's actions",
        entities -> {
          for (KnownAction action : actions) {
            var known = entities.find(ActionEntity.class, action.name());
            if (known == null) {
              entities.persist(new ActionEntity(action));
            } else {
              known.offered(action);
            }
          }
          return null;
        });
  }

  @Override
  public KnownAction find(String name) {
    return transactions.read(
        "read an action",
        entities -> {
          var action = entities.find(ActionEntity.class, name);
          return action == null ? null : action.toKnownAction();
        });
  }

  @Override
  public List<KnownAction> all() {
    return transactions.read(
        "read the actions",
        entities ->
            entities
                .createNamedQuery(ActionEntity.ALL, ActionEntity.class)
                .getResultStream()
                .map(ActionEntity::toKnownAction)
                .toList());
  }
}
