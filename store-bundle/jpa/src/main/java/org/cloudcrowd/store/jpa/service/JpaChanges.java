package org.cloudcrowd.store.jpa.service;

import java.util.function.Consumer;
import org.cloudcrowd.store.Change;
import org.cloudcrowd.store.Changes;
import org.cloudcrowd.store.jpa.events.ChangeFeed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Publishes the changes of the open database. */
@Component
public final class JpaChanges implements Changes {
  private final ChangeFeed feed;

  @Activate
  public JpaChanges(@Reference Database database) {
    feed = database.changes();
  }

  @Override
  public Runnable onChange(Consumer<Change> listener) {
    return feed.onChange(listener);
  }

  @Override
  public void watch() {
    feed.watch();
  }

  @Override
  public boolean isWatched() {
    return feed.isWatched();
  }
}
