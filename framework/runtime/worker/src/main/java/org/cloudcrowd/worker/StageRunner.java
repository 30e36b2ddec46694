package org.cloudcrowd.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.ActionFailure;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.protocol.json.JavaValues;
import org.cloudcrowd.protocol.unit.Stage;
import org.cloudcrowd.protocol.worker.UnitAnswer;
import org.cloudcrowd.protocol.worker.WorkerOrder;

/** Runs a stage of the action in the environment of an attempt, and returns the outcome. */
public final class StageRunner {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Action action;
  private final WorkerEnvironment environment;
  private final JsonValues values = new JsonValues();

  public StageRunner(Action action, WorkerEnvironment environment) {
    this.action = action;
    this.environment = environment;
  }

  /** Makes one attempt. */
  public UnitAnswer run(WorkerOrder order) {
    long start = System.nanoTime();
    JsonNode output = null;
    String failure = null;
    try {
      output = values.toJson(stage(order));
    } catch (ActionFailure e) {
      failure = message(e);
    } catch (InterruptedException e) {
      failure = "the attempt was interrupted";
    } catch (Throwable e) {
      // Whatever an action throws fails its unit, errors of the JVM too: a worker that is out of
      // memory ends by itself. The stack trace goes to the unit's log, for the author of the
      // action.
      e.printStackTrace();
      failure = e.getClass().getName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
    return new UnitAnswer(
        order.unit().lease().unitId(),
        output,
        failure,
        (System.nanoTime() - start) / NANOS_PER_SECOND,
        false);
  }

  private static String message(ActionFailure e) {
    return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
  }

  private Object stage(WorkerOrder order) throws Exception {
    try (var directory = new WorkDirectory(environment.root(), order.unit().lease())) {
      var context =
          new AttemptContext(
              order,
              values,
              JavaValues.of(order.unit().input()),
              values.toOptions(order.unit()),
              directory,
              environment);
      fetchInput(order, context);
      return switch (order.unit().stage()) {
        case SPLIT -> split(context);
        case MERGE -> merge(context);
        case PROCESS -> action.process(context);
      };
    }
  }

  private static void fetchInput(WorkerOrder order, AttemptContext context) {
    if (order.unit().stage() == Stage.MERGE) {
      return;
    }
    try {
      context.fetchInput();
    } catch (IOException e) {
      throw new ActionFailure(e.getMessage(), e);
    }
  }

  private Object split(AttemptContext context) throws Exception {
    if (!(action instanceof SplitStage splitting)) {
      throw new ActionFailure("the action has no split stage");
    }
    var parts = splitting.split(context);
    if (parts == null) {
      throw new ActionFailure("the split stage returned null where a list was expected");
    }
    return parts;
  }

  private Object merge(AttemptContext context) throws Exception {
    if (!(action instanceof MergeStage merging)) {
      throw new ActionFailure("the action has no merge stage");
    }
    if (!(context.input() instanceof List<?> outputs)) {
      throw new ActionFailure("the input of a merge is the list of outputs");
    }
    return merging.merge(context, outputs);
  }
}
