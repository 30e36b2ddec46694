-- Jobs that were posted before any node had offered their action, and wait for one that does. Quick at
-- any size: no row is written. Servers of the version before can run beside it.
alter table jobs add column awaits_action boolean not null default false;
