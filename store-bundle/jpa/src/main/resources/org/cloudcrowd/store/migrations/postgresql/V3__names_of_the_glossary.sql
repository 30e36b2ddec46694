-- Gives columns and tables the names that docs/glossary.md has for what they hold. Quick at any size: no row is
-- written.
-- A server of the version before does not find its columns: stop all servers of it first.
alter table nodes rename column run to incarnation;
alter table nodes rename column heard_at to last_heartbeat_at;
alter table nodes rename column standing_reason to ineligible_reason;
alter table nodes rename column standing_until to ineligible_until;
alter table work_units rename column turn to fairness_tag;
alter table removals rename column quiet_at to grace_ends_at;
alter table removals rename to file_deletions;
alter table jobs rename column retry_delay_millis to backoff_millis;
alter table jobs rename column max_retry_delay_millis to max_backoff_millis;
alter table jobs rename column time_limit_millis to timeout_millis;
alter index removals_pkey rename to file_deletions_pkey;
