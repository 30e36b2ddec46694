-- Jobs that were posted before any node had offered their action, and wait for one that does. Quick at any size: no
-- row is written.
-- A server of the version before that runs on would begin such jobs without their stages: set
-- accept_unknown_actions to none until all servers are of this version.
alter table jobs add column awaits_action boolean not null default false;
