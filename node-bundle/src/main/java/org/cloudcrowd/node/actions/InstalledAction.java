package org.cloudcrowd.node.actions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.cloudcrowd.action.Action;
import org.cloudcrowd.action.MergeStage;
import org.cloudcrowd.action.SplitStage;
import org.cloudcrowd.node.programs.Program;
import org.cloudcrowd.protocol.node.AdvertisedAction;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * An action, as the properties of its service describe it. The service object is never fetched
 * here: the code of an action runs in workers only.
 *
 * @param name its name
 * @param description a sentence for people, or null
 * @param splits whether it has a split stage
 * @param merges whether it has a merge stage
 * @param options a JSON Schema of a job's options, or null where they may be anything
 * @param bundle the bundle that brings it
 * @param version the version of that bundle, which an update of it changes
 * @param modified when that bundle was last installed or updated, in milliseconds since 1970
 * @param program the program that runs it, or null where it is of Java
 */
public record InstalledAction(
    String name,
    String description,
    boolean splits,
    boolean merges,
    ObjectNode options,
    Bundle bundle,
    Version version,
    long modified,
    Program program) {

  /**
   * The action that the properties of a service describe.
   *
   * @param options the schema of its options, or null
   */
  static InstalledAction of(ServiceReference<Action> reference, ObjectNode options) {
    var interfaces = Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS));
    return new InstalledAction(
        (String) reference.getProperty(Action.NAME),
        (String) reference.getProperty(Action.DESCRIPTION),
        interfaces.contains(SplitStage.class.getName()),
        interfaces.contains(MergeStage.class.getName()),
        options,
        reference.getBundle(),
        reference.getBundle().getVersion(),
        reference.getBundle().getLastModified(),
        (Program) reference.getProperty(Program.PROPERTY));
  }

  AdvertisedAction advertised() {
    return new AdvertisedAction(name, version().toString(), description, splits, merges, options);
  }
}
