package org.cloudcrowd.protocol.job;

import java.util.List;

/**
 * A page of a job's units, in the order of their ids.
 *
 * @param units the units
 * @param after the cursor of the next page, or null where this page is the last
 */
public record UnitList(List<UnitView> units, String after) {}
