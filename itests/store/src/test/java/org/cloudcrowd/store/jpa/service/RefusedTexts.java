package org.cloudcrowd.store.jpa.service;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Constraints by which a database refuses a text that it would take otherwise. */
public final class RefusedTexts implements AutoCloseable {
  /** The text that is refused. */
  public static final String REFUSED = "this text is refused";

  private final Database database;
  private final List<String> drops = new ArrayList<>();

  public RefusedTexts(Database database) {
    this.database = database;
  }

  /** Has a column refuse the text. */
  public void add(String table, String column) {
    addCheck(table, column + " not like '" + REFUSED + "'");
  }

  /** Has a column refuse a number. */
  public void addNumber(String table, String column, long number) {
    addCheck(table, column + " <> " + number);
  }

  private void addCheck(String table, String check) {
    var name = "refused_" + UUID.randomUUID().toString().replace('-', '_');
    run("alter table " + table + " add constraint " + name + " check (" + check + ")");
    drops.add("alter table " + table + " drop constraint " + name);
  }

  @Override
  public void close() {
    drops.forEach(this::run);
    drops.clear();
  }

  private void run(String sql) {
    database
        .transactions()
        .run("change a constraint", entities -> entities.createNativeQuery(sql).executeUpdate());
  }
}
