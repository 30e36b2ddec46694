package org.cloudcrowd.store.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import org.cloudcrowd.store.ActionCatalog.KnownAction;

/** An action that a node once offered. */
@Entity(name = "Action")
@Table(name = "actions")
@NamedQuery(name = ActionEntity.ALL, query = "select a from Action a order by a.name")
public class ActionEntity {
  static final String ALL = "Action.all";

  @Id private String name;

  @Column(nullable = false)
  private boolean splits;

  @Column(nullable = false)
  private boolean merges;

  protected ActionEntity() {}

  ActionEntity(KnownAction action) {
    name = action.name();
    splits = action.splits();
    merges = action.merges();
  }

  String name() {
    return name;
  }

  KnownAction toKnownAction() {
    return new KnownAction(name, splits, merges);
  }
}
