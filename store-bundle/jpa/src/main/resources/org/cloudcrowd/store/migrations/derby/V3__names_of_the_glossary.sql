-- Gives columns and tables the names that docs/glossary.md has for what they hold. Quick at any size: no row is
-- written.
-- A server of the version before does not find its columns: stop all servers of it first.
rename column nodes.run to incarnation;
rename column nodes.heard_at to last_heartbeat_at;
rename column nodes.standing_reason to ineligible_reason;
rename column nodes.standing_until to ineligible_until;
rename column work_units.turn to fairness_tag;
rename column removals.quiet_at to grace_ends_at;
rename table removals to file_deletions;
rename column jobs.retry_delay_millis to backoff_millis;
rename column jobs.max_retry_delay_millis to max_backoff_millis;
rename column jobs.time_limit_millis to timeout_millis;
