package org.cloudcrowd.store.jpa.service;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.cloudcrowd.store.WorkQueries.JobFilter;
import org.cloudcrowd.store.jpa.entity.JobEntity;

/**
 * The query for a page of jobs. The newest go down the primary key, those of a state down {@code
 * jobs_by_state}, and those with a label down {@code job_labels_by_value}.
 */
final class JobPage {
  private final List<String> joins = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private final LinkedHashMap<String, Object> parameters = new LinkedHashMap<>();

  JobPage(JobFilter filter) {
    with("j.id < :before", "before", filter.before());
    if (filter.state() != null) {
      with("j.state = :state", "state", filter.state());
    }
    if (filter.action() != null) {
      with("j.action = :action", "action", filter.action());
    }
    filter
        .labels()
        .forEach(
            (name, value) -> {
              int no = joins.size();
              joins.add(" join j.labels l" + no);
              with("key(l" + no + ") = :name" + no, "name" + no, name);
              with("value(l" + no + ") = :value" + no, "value" + no, value);
            });
  }

  private void with(String condition, String parameter, Object value) {
    conditions.add(condition);
    parameters.put(parameter, value);
  }

  TypedQuery<JobEntity> query(EntityManager entities) {
    var query =
        entities.createQuery(
            "select j from Job j"
                + String.join("", joins)
                + " where "
                + String.join(" and ", conditions)
                + " order by j.id desc",
            JobEntity.class);
    parameters.forEach(query::setParameter);
    return query;
  }
}
