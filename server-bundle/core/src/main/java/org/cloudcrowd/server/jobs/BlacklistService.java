package org.cloudcrowd.server.jobs;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.cloudcrowd.protocol.server.BlacklistEntry;
import org.cloudcrowd.server.BlockedActions;
import org.cloudcrowd.server.InvalidRequestException;
import org.cloudcrowd.server.config.ActionNames;
import org.cloudcrowd.store.Blacklist;
import org.cloudcrowd.store.WorkStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks and stores the entries of the blacklist. */
@Component
public final class BlacklistService implements BlockedActions {
  private static final Logger log = LoggerFactory.getLogger(BlacklistService.class);

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Blacklist blacklist;
  private final WorkStore store;

  /**
   * @param store its clock decides when an entry ends
   */
  @Activate
  public BlacklistService(@Reference Blacklist blacklist, @Reference WorkStore store) {
    this.blacklist = blacklist;
    this.store = store;
  }

  @Override
  public List<BlacklistEntry> all() {
    return blacklist.entries().stream().map(BlacklistService::view).toList();
  }

  @Override
  public BlacklistEntry add(String action, String expiresAt) throws InvalidRequestException {
    if (!ActionNames.isOne(action)) {
      throw new InvalidRequestException("/action", "action must be a name: " + ActionNames.RULE);
    }
    var entry = blacklist.add(action, end(expiresAt));
    log.info(
        "Action {} is on the blacklist{}",
        action,
        entry.endsAt() == null ? "" : " until " + entry.endsAt());
    return view(entry);
  }

  private Instant end(String text) throws InvalidRequestException {
    if (text == null || text.isBlank()) {
      return null;
    }
    Instant end;
    try {
      end = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidRequestException(
          "/expires_at", "expires_at must be a time as in 2026-11-25T18:00:00Z");
    }
    if (!end.isAfter(store.now())) {
      throw new InvalidRequestException("/expires_at", "expires_at must be a time to come");
    }
    if (end.isAfter(store.now().plus(LONGEST))) {
      throw new InvalidRequestException(
          "/expires_at", "expires_at must be within a hundred years; without it the entry stays");
    }
    return end;
  }

  @Override
  public BlacklistEntry remove(String action) {
    if (!ActionNames.isOne(action)) {
      return null;
    }
    var entry = blacklist.remove(action);
    if (entry == null) {
      return null;
    }
    log.info("Action {} is off the blacklist", action);
    return view(entry);
  }

  private static BlacklistEntry view(Blacklist.Entry entry) {
    return new BlacklistEntry(
        entry.id(),
        entry.action(),
        entry.createdAt().toString(),
        entry.endsAt() == null ? null : entry.endsAt().toString());
  }
}
