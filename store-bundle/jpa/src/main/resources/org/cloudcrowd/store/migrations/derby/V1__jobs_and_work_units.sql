-- Times are milliseconds since 1970 UTC, states and stages the names of their enums.
-- JSON payloads are texts of any length.

create sequence job_ids as bigint start with 1;
-- EclipseLink takes the value it gets for the last of its 500 ids.
create sequence work_unit_ids as bigint start with 500 increment by 500;

create table actions (
  name         varchar(100)  not null primary key,
  rate_tokens  double  not null,
  rate_at      bigint
);

create table action_versions (
  action          varchar(100)  not null,
  version         varchar(200)  not null,
  splits          boolean       not null,
  merges          boolean       not null,
  options_schema  clob,
  offered_at      bigint        not null,
  primary key (action, version)
);

-- The ranges of versions that open jobs ask for; '*', which is any version, is not among them.
create table version_ranges (
  action         varchar(100)  not null,
  version_range  varchar(200)  not null,
  primary key (action, version_range)
);

create sequence blacklist_ids as bigint start with 1;

create table blacklist (
  id          bigint        not null primary key,
  action      varchar(100)  not null,
  created_at  bigint        not null,
  ends_at     bigint,
  constraint blacklist_by_action unique (action)
);

create table jobs (
  id                      bigint        not null primary key,
  action                  varchar(100)  not null,
  version_range           varchar(200)  not null,
  state                   varchar(10)   not null,
  splits                  boolean       not null,
  not_before              bigint,
  begins_at               bigint,
  begun_at                bigint,
  takes_outputs           boolean       not null,
  message                 varchar(8000),
  correlation_id          varchar(100)  not null,
  merges                  boolean       not null,
  options                 clob          not null,
  email                   varchar(320),
  callback_url            varchar(2000),
  callback_format         varchar(10),
  priority                int           not null,
  max_attempts            int           not null,
  retry_delay_millis      bigint        not null,
  max_retry_delay_millis  bigint        not null,
  time_limit_millis       bigint,
  max_running             int,
  max_per_second          double,
  rate_tokens             double not null,
  rate_at                 bigint,
  throttled               bigint        not null,
  idempotency_key         varchar(255),
  request_digest          varchar(64),
  units                   bigint        not null,
  splitting               bigint        not null,
  succeeded               bigint        not null,
  failed                  bigint        not null,
  cancelled               bigint        not null,
  created_at              bigint        not null,
  finished_at             bigint,
  constraint jobs_by_idempotency_key unique (idempotency_key)
);

create index jobs_by_state on jobs (state, id);

-- Serves the waiting jobs whose time has come; no other has a time.
create index jobs_by_beginning on jobs (begins_at);

-- Serves the search for old jobs.
create index jobs_by_end on jobs (finished_at);

-- Serves the jobs whose limit holds units back.
create index jobs_throttled on jobs (throttled);

-- "input" and "output" are reserved words in Derby.
-- The jobs that must have succeeded before a job begins; they may have been deleted.
create table job_dependencies (
  job_id    bigint  not null references jobs (id),
  place     int     not null,
  after_id  bigint  not null,
  primary key (job_id, place)
);

-- Serves the jobs that wait for one that is complete.
create index job_dependencies_by_predecessor on job_dependencies (after_id);

create table job_labels (
  job_id       bigint        not null references jobs (id),
  name         varchar(100)  not null,
  label_value  varchar(255)  not null,
  primary key (job_id, name)
);

-- Serves the search for jobs by a label.
create index job_labels_by_value on job_labels (name, label_value, job_id);

create table work_units (
  id            bigint        not null primary key,
  job_id        bigint        not null references jobs (id),
  action        varchar(100)  not null,
  version_range varchar(200)  not null,
  stage         varchar(10)   not null,
  state         varchar(10)   not null,
  priority      int           not null,
  turn          bigint        not null,
  available_at  bigint,
  input_no      int           not null,
  part_no       int           not null,
  input_json    clob          not null,
  output_json   clob,
  message       varchar(8000),
  attempt       int           not null,
  failures      int           not null,
  losses        int           not null,
  node          varchar(255),
  failed_on     varchar(255),
  lease_token   varchar(64),
  leased_at     bigint,
  lease_ends    bigint
);

-- Serves claims (the queued units of an action and version range, in the order of their turns), and
-- every query for the running units: those are as few as the nodes can hold.
create index work_units_by_state on work_units (state, action, version_range, priority, turn, id);

-- Serves the delayed units; no other has a time.
create index work_units_by_time on work_units (available_at);

-- Serves a job's outputs in the order of its inputs, its failures, and its deletion.
create index work_units_by_job on work_units (job_id, stage, input_no, part_no);

-- An attempt is written when it ends; while it runs, its unit's lease tells of it.
create table attempts (
  job_id        bigint        not null,
  work_unit_id  bigint        not null,
  attempt       int           not null,
  node          varchar(255)  not null,
  worker        bigint        not null,
  version       varchar(200),
  started_at    bigint        not null,
  ended_at      bigint        not null,
  outcome       varchar(20)   not null,
  message       varchar(8000),
  primary key (job_id, work_unit_id, attempt)
);

-- Whom complete jobs tell: an outbox.
create table callbacks (
  job_id      bigint       not null primary key references jobs (id),
  message     int          not null,
  state       varchar(10)  not null,
  tries       int          not null,
  queued_at   bigint       not null,
  due_at      bigint
);

-- Serves the callbacks whose time has come; only those that wait have a time.
create index callbacks_by_time on callbacks (due_at);

create table callback_tries (
  job_id       bigint  not null,
  message      int     not null,
  try_no       int     not null,
  started_at   bigint  not null,
  took_millis  bigint  not null,
  status       int     not null,
  fault        varchar(1000),
  primary key (job_id, message, try_no)
);

-- Files that are still to be removed: of a deleted job, whose unit and attempt are 0, or of an
-- attempt that does not count.
create table removals (
  job_id        bigint        not null,
  work_unit_id  bigint        not null,
  attempt       int           not null,
  action        varchar(100)  not null,
  due_at        bigint        not null,
  quiet_at      bigint        not null,
  primary key (job_id, work_unit_id, attempt)
);

-- What actions and their tools print.
create table attempt_logs (
  work_unit_id  bigint  not null,
  attempt       int     not null,
  job_id        bigint  not null references jobs (id),
  printed       bigint  not null,
  log_text      clob    not null,
  primary key (work_unit_id, attempt)
);

-- Serves the deletion of a job.
create index attempt_logs_by_job on attempt_logs (job_id);

-- The nodes that reported to any server.
create table nodes (
  name         varchar(255)  not null primary key,
  run          varchar(64)   not null,
  description  clob          not null,
  heard_at     bigint        not null,
  standing_reason  varchar(8000),
  standing_until   bigint,
  max_workers      int
);

-- The bundles that every node is to have, and their bytes in pieces.
create table deployed_bundles (
  sha256         varchar(64)   not null primary key,
  symbolic_name  varchar(255)  not null,
  version        varchar(200)  not null,
  program        boolean       not null,
  actions        clob          not null,
  size_bytes     bigint        not null,
  deployed_at    bigint        not null,
  constraint deployed_bundles_by_name unique (symbolic_name, version)
);

create table deployed_pieces (
  sha256    varchar(64)  not null,
  piece_no  int          not null,
  content   blob         not null,
  primary key (sha256, piece_no)
);

create table schedules (
  name         varchar(100)  not null primary key,
  cron         varchar(255)  not null,
  time_zone    varchar(50)   not null,
  job_json     clob          not null,
  created_at   bigint        not null,
  next_at      bigint,
  last_at      bigint,
  last_job_id  bigint,
  problem      varchar(8000)
);

-- Serves the schedules whose time has come; those that are paused have none.
create index schedules_by_time on schedules (next_at);
