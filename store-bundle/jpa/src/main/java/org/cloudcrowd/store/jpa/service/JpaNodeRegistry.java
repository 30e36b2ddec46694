package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.cloudcrowd.store.NodeRegistry;
import org.cloudcrowd.store.jpa.database.Transactions;
import org.cloudcrowd.store.jpa.entity.NodeEntity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the node registry in a table. */
@Component
public final class JpaNodeRegistry implements NodeRegistry {
  private final Transactions transactions;
  private final Clock clock;

  @Activate
  public JpaNodeRegistry(@Reference Database database) {
    this(database, database.clock());
  }

  /** As {@link #JpaNodeRegistry(Database)}, by a given clock. */
  public JpaNodeRegistry(Database database, Clock clock) {
    this.transactions = database.transactions();
    this.clock = clock;
  }

  @Override
  public KnownNode heard(String name, String incarnation, String description) {
    return transactions.run(
        "record a node's heartbeat",
        entities -> {
          var node = entities.find(NodeEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
          var before = node == null ? null : node.toKnownNode();
          if (node == null) {
            node = new NodeEntity(name);
            entities.persist(node);
          }
          node.heard(incarnation, description, clock.instant());
          return before;
        });
  }

  @Override
  public boolean changeEligibility(String name, Eligibility eligibility) {
    return change(
        "change the eligibility of a node", name, node -> node.changeEligibility(eligibility));
  }

  @Override
  public boolean changeMaxWorkers(String name, Integer maxWorkers) {
    return change("change a node's workers", name, node -> node.changeMaxWorkers(maxWorkers));
  }

  private boolean change(String what, String name, Consumer<NodeEntity> change) {
    return transactions.run(
        what,
        entities -> {
          var node = entities.find(NodeEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
          if (node != null) {
            change.accept(node);
          }
          return node != null;
        });
  }

  @Override
  public boolean remove(String name) {
    return transactions.run(
        "forget a node",
        entities -> {
          var node = entities.find(NodeEntity.class, name);
          if (node != null) {
            entities.remove(node);
          }
          return node != null;
        });
  }

  @Override
  public List<KnownNode> heardSince(Instant since) {
    return transactions.read(
        "list the nodes",
        entities ->
            entities
                .createNamedQuery(NodeEntity.HEARD_SINCE, NodeEntity.class)
                .setParameter("since", since)
                .getResultStream()
                .map(NodeEntity::toKnownNode)
                .toList());
  }

  @Override
  public void forget(Instant before) {
    transactions.run(
        "forget nodes",
        entities ->
            entities
                .createNamedQuery(NodeEntity.FORGET)
                .setParameter("before", before)
                .executeUpdate());
  }
}
