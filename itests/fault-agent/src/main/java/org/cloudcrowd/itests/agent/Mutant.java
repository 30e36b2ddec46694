package org.cloudcrowd.itests.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.instrument.Instrumentation;
import java.time.Clock;
import java.util.List;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/** The product with one of its mechanisms off; a test that does not fail then proves nothing. */
@SuppressWarnings("UnusedVariable") // what an advice assigns, it returns
public enum Mutant {
  /**
   * Leases of a unit are equal, so that every result for a running unit counts (P1, P5). In a
   * process that is a node too, they are equal there as well.
   */
  FENCE_OFF("org.cloudcrowd.protocol.unit.Lease", "equals", SameUnit.class) {
    @Override
    AgentBuilder on(AgentBuilder agent) {
      return change(
          super.on(agent), "org.cloudcrowd.protocol.unit.Lease", "hashCode", HashOfUnit.class);
    }
  },
  /** A batch that the database refuses is not split (P20). */
  SPLIT_OFF("org.cloudcrowd.store.jpa.lifecycle.SplitBatch", "mayLieInAnItem", Never.class),
  /** Leases have no end (P2, P4, P19). */
  EXPIRY_OFF("org.cloudcrowd.store.jpa.queue.LeasedUnits", "expired", NoElements.class),
  /** PostgreSQL answers before a commit is on its disk (P3). */
  POSTGRES_NOT_DURABLE(
      "io.zonky.test.db.postgres.embedded.EmbeddedPostgres$Builder",
      "setServerConfig",
      ValueIsOff.class),
  /** Whatever a receiver answers, it has taken its callback (P8). */
  EVERY_ANSWER_ACCEPTED("org.cloudcrowd.store.CallbackQueue$Try", "status", Accepted.class),
  /** A unit that fails is tried for ever (P10). */
  LAST_ATTEMPT_OFF("org.cloudcrowd.store.jpa.entity.RetryPolicy", "isLastFailure", Never.class),
  /** A worker is killed, and what it has started is not (P11). */
  TREE_KILL_OFF("org.cloudcrowd.node.processes.ExternalProcess", "kill", RootAlone.class),
  /** Files of deleted jobs stay (P11). */
  FILE_DELETION_OFF(
      "org.cloudcrowd.store.jpa.service.JpaFileDeletionQueue", "due", NoElements.class),
  /** A node that is stopped waits for nothing that runs (P12). */
  DRAIN_OFF("org.cloudcrowd.node.units.HeldUnits", "awaitEmpty", Never.class),
  /** A Derby database is never shut down, to be opened anew after its disk was full (P13). */
  REOPENING_OFF(
      "org.apache.derby.jdbc.BasicEmbeddedDataSource40", "setShutdownDatabase", Never.class),
  /** Leases are counted by the clock of the machine that a server runs on (P14). */
  CLOCK_OF_THE_MACHINE("org.cloudcrowd.store.jpa.derby.DerbyEngine", "clock", SystemClock.class) {
    @Override
    AgentBuilder on(AgentBuilder agent) {
      return change(
          super.on(agent),
          "org.cloudcrowd.store.jpa.postgres.PostgresEngine",
          "clock",
          SystemClock.class);
    }
  },
  /** A job that is stored is in memory as a whole (P15). */
  ALL_IN_MEMORY("org.eclipse.persistence.internal.jpa.EntityManagerImpl", "clear", Never.class),
  /** A dispatcher that meets what it does not expect ends (P17). */
  DISPATCHER_ENDS("org.cloudcrowd.server.dispatch.Dispatcher", "fill", AsError.class),
  /** No claim succeeds: what a server must say of itself (P21). */
  CLAIMS_FAIL("org.cloudcrowd.store.jpa.service.JpaWorkStore", "claim", Fails.class),
  /** A request that comes again makes another job (P6, P18). */
  IDEMPOTENCY_OFF("org.cloudcrowd.store.job.NewJob", "idempotencyKey", Nothing.class);

  private final String type;
  private final String method;
  private final Class<?> advice;

  Mutant(String type, String method, Class<?> advice) {
    this.type = type;
    this.method = method;
    this.advice = advice;
  }

  /** The class that it changes. */
  public String type() {
    return type;
  }

  /** The method that it changes. */
  public String method() {
    return method;
  }

  void install(Instrumentation instrumentation) {
    on(new AgentBuilder.Default()
            .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
            .disableClassFormatChanges())
        .installOn(instrumentation);
  }

  AgentBuilder on(AgentBuilder agent) {
    return change(agent, type, method, advice);
  }

  private static AgentBuilder change(
      AgentBuilder agent, String type, String method, Class<?> advice) {
    return agent
        .type(named(type))
        .transform(
            (builder, description, loader, module, domain) ->
                builder.visit(Advice.to(advice).on(named(method))));
  }

  // Each of these is copied into the method that it changes, and so names classes of the JDK alone.

  static final class SameUnit {
    private SameUnit() {}

    @Advice.OnMethodExit
    static void end(
        @Advice.This Object self,
        @Advice.Argument(0) Object other,
        @Advice.Return(readOnly = false) boolean result) {
      result =
          other != null
              && self.getClass() == other.getClass()
              && self.hashCode() == other.hashCode();
    }
  }

  static final class HashOfUnit {
    private HashOfUnit() {}

    @Advice.OnMethodExit
    static void end(
        @Advice.FieldValue("unitId") long unitId, @Advice.Return(readOnly = false) int result) {
      result = Long.hashCode(unitId);
    }
  }

  static final class Accepted {
    private Accepted() {}

    @Advice.OnMethodExit
    static void end(@Advice.Return(readOnly = false) int result) {
      result = 200;
    }
  }

  static final class NoElements {
    private NoElements() {}

    @Advice.OnMethodExit
    static void end(@Advice.Return(readOnly = false) List<?> result) {
      result = List.of();
    }
  }

  static final class RootAlone {
    private RootAlone() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean begin(@Advice.FieldValue("handle") ProcessHandle handle) {
      return handle.destroyForcibly();
    }
  }

  /** A method that is skipped does nothing and returns false. */
  static final class Never {
    private Never() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean begin() {
      return true;
    }
  }

  static final class SystemClock {
    private SystemClock() {}

    @Advice.OnMethodExit
    static void end(@Advice.Return(readOnly = false) Clock result) {
      result = Clock.systemUTC();
    }
  }

  static final class Fails {
    private Fails() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("DoNotCallSuggester") // it is copied, and never called
    static void begin() {
      throw new IllegalStateException("the mutant lets it fail");
    }
  }

  static final class AsError {
    private AsError() {}

    @Advice.OnMethodExit(onThrowable = RuntimeException.class)
    static void end(@Advice.Thrown(readOnly = false) Throwable thrown) {
      if (thrown != null) {
        thrown = new AssertionError(thrown);
      }
    }
  }

  static final class Nothing {
    private Nothing() {}

    @Advice.OnMethodExit
    static void end(
        @Advice.Return(
                readOnly = false,
                typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC)
            Object result) {
      result = null;
    }
  }

  static final class ValueIsOff {
    private ValueIsOff() {}

    @Advice.OnMethodEnter
    static void begin(
        @Advice.Argument(0) String key,
        @Advice.Argument(value = 1, readOnly = false) String value) {
      if ("synchronous_commit".equals(key)) {
        value = "off";
      }
    }
  }
}
