package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.cloudcrowd.store.jpa.database.ChangeSignals;
import org.cloudcrowd.store.jpa.database.Claims;
import org.cloudcrowd.store.jpa.database.Engine;
import org.cloudcrowd.store.jpa.database.QueueSignals;
import org.osgi.util.converter.Converters;

/** A store with one of its mechanisms off, by a change of the SQL on its way to the database. */
public enum StoreMutant {
  /** The row of a job is not locked before its units are counted (P7). */
  JOB_LOCK_OFF("(?i) FOR (UPDATE|NO KEY UPDATE)(?! SKIP)"),
  /** Claims do not skip what another claim is just taking, nor lock what they take (P9). */
  SKIP_LOCKED_OFF("(?i)for update skip locked"),
  /** None is off; this one is to survive. */
  NONE("(?!)");

  private final Pattern off;

  StoreMutant(String off) {
    this.off = Pattern.compile(off);
  }

  /** A database like any other, but for this. */
  public Database open(Map<String, String> configuration) {
    var typed =
        Converters.standardConverter().convert(configuration).to(Database.Configuration.class);
    return new Database(new MutantEngine(Database.engine(typed), this::mutate), typed, fault -> {});
  }

  private String mutate(String sql) {
    return off.matcher(sql).replaceAll("");
  }

  private record MutantEngine(Engine real, UnaryOperator<String> mutation) implements Engine {
    @Override
    public String description() {
      return real.description();
    }

    @Override
    public DataSource dataSource() {
      return (DataSource)
          proxy(
              DataSource.class,
              real.dataSource(),
              (method, result) ->
                  result instanceof Connection connection
                      ? proxy(Connection.class, connection, (name, any) -> any)
                      : result);
    }

    private Object proxy(Class<?> type, Object target, Change change) {
      InvocationHandler handler =
          (proxy, method, arguments) -> {
            if (arguments != null && method.getName().startsWith("prepare")) {
              arguments[0] = mutation.apply((String) arguments[0]);
            }
            try {
              return change.of(method.getName(), method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
              throw e.getCause();
            }
          };
      return Proxy.newProxyInstance(
          MutantEngine.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private interface Change {
      Object of(String method, Object result);
    }

    @Override
    public String platform() {
      return real.platform();
    }

    @Override
    public String migrations() {
      return real.migrations();
    }

    @Override
    public boolean isShared() {
      return real.isShared();
    }

    @Override
    public int writersAtOnce() {
      return real.writersAtOnce();
    }

    @Override
    public Clock clock(DataSource pool) {
      return real.clock(pool);
    }

    @Override
    public Claims claims() {
      return real.claims();
    }

    @Override
    public QueueSignals signals() {
      return real.signals();
    }

    @Override
    public ChangeSignals changes() {
      return real.changes();
    }

    @Override
    public String tagInService() {
      return real.tagInService();
    }

    @Override
    public void beginSnapshot(EntityManager entities, long jobId) {
      real.beginSnapshot(entities, jobId);
    }

    @Override
    public long freeMegabytes() {
      return real.freeMegabytes();
    }

    @Override
    public void open() {
      real.open();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
