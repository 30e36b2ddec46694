import * as api from './api.js';

const KINDS = 'job,job_gone,node,node_gone,sample,reset';
const RETRY_MILLIS = 2000;

const SAMPLE_MILLIS = 5000;

/** After so long without a sample, the stream is broken. */
const SILENCE_MILLIS = 20_000;

/** How many jobs are kept that are complete: those that were shown most lately. */
const MAX_COMPLETE = 200;
const MAX_SAMPLES = 3600;

export const COMPLETE = new Set(['succeeded', 'failed', 'cancelled']);

/**
 * What the page knows of the cluster. It lives by the event stream; where there is none, it asks
 * every few seconds; where there is no answer, it keeps what it knew and tries again.
 *
 * <p>It sleeps while nobody sees the page: a browser has six connections to a server, for all its
 * tabs, and each stream takes one.
 *
 * <p>Fires "change" at most once a frame, "job" with each job that has changed, "job-gone", "sleep"
 * and "wake".
 */
export class Cluster extends EventTarget {
  /** 'connecting', 'live', 'polling' or 'lost'. */
  connection = 'connecting';

  /** Since when the connection is what it is. */
  since = new Date();

  /** Whether anything was heard yet. */
  isKnown = false;
  access = {may_change: false, login: null};
  jobs = new Map();
  nodes = new Map();
  failed = [];
  faults = [];
  jobCount = 0;
  workUnitCount = 0;
  actions = [];
  blacklist = [];

  /** The latest last. */
  samples = [];

  isAwake = false;
  #historyAt = 0;
  #source = null;
  #watchdog = null;
  #again = null;
  #frame = null;

  /** Lives while the page is seen, from now on. */
  live() {
    const look = () => (document.visibilityState === 'visible' ? this.#wake() : this.#sleep());
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pagehide', () => this.#sleep());
    window.addEventListener('pageshow', look);
    look();
  }

  #wake() {
    if (!this.isAwake) {
      this.isAwake = true;
      this.#start();
      this.dispatchEvent(new Event('wake'));
    }
  }

  #sleep() {
    if (this.isAwake) {
      this.isAwake = false;
      this.#close();
      clearTimeout(this.#again);
      this.dispatchEvent(new Event('sleep'));
    }
  }

  #close() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#watchdog);
  }

  #start() {
    if (this.#source) {
      return;
    }
    const source = api.events(KINDS);
    this.#source = source;
    this.#watch();
    source.onopen = () => this.#opened();
    source.onerror = () => this.#broken();
    const on = (kind, hear) =>
      source.addEventListener(kind, (event) => {
        this.#watch();
        hear(JSON.parse(event.data));
        this.#changed();
      });
    on('job', (job) => this.hearJob(job));
    on('job_gone', ({id}) => this.#forgetJob(id));
    on('node', (node) => this.#hearNode(node));
    on('node_gone', ({host}) => this.nodes.delete(host));
    on('sample', (sample) => this.#hearSample(sample));
    on('reset', () => this.refresh().catch(() => this.#broken()));
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#broken(), SILENCE_MILLIS);
  }

  async #opened() {
    const source = this.#source;
    try {
      await this.refresh();
      if (this.#source === source) {
        this.#become('live');
      }
    } catch {
      this.#broken();
    }
  }

  async #broken() {
    if (this.#source === null) {
      return;
    }
    this.#close();
    try {
      await this.refresh();
      this.#become('polling');
    } catch {
      this.#become('lost');
    }
    if (this.isAwake) {
      this.#again = setTimeout(() => this.#start(), RETRY_MILLIS);
    }
  }

  #become(connection) {
    if (this.connection !== connection) {
      this.connection = connection;
      this.since = new Date();
    }
    this.#changed();
  }

  /** Asks for everything anew. */
  async refresh() {
    const [access, status, failed, actions, blacklist, history] = await Promise.all([
      api.get('access'),
      api.get('status'),
      api.get('jobs?status=failed&limit=20'),
      api.get('actions'),
      api.get('blacklist'),
      this.#isHistoryOld() ? api.get('history') : null,
    ]);
    this.access = access;
    this.faults = status.faults ?? [];
    this.jobCount = status.job_count;
    this.workUnitCount = status.work_unit_count;
    this.nodes = new Map(status.nodes.map((node) => [node.host, node]));
    this.failed = failed.jobs;
    this.actions = actions;
    this.blacklist = blacklist;
    if (history) {
      this.samples = history.samples;
      this.#historyAt = Date.now();
    }
    const open = new Set(status.jobs.map((job) => job.id));
    const stale = [...this.jobs.values()].filter(
      (job) => !COMPLETE.has(job.status) && !open.has(job.id));
    stale.forEach((job) => this.jobs.delete(job.id));
    [...failed.jobs, ...status.jobs].forEach((job) => this.hearJob(job));
    this.isKnown = true;
    this.#changed();
  }

  /** It is the largest of what is asked for, and changes no sooner. */
  #isHistoryOld() {
    return Date.now() - this.#historyAt > SAMPLE_MILLIS;
  }

  hearJob(job) {
    this.jobs.delete(job.id);
    this.jobs.set(job.id, job);
    this.failed = this.failed.filter((other) => other.id !== job.id);
    if (job.status === 'failed') {
      this.failed = [job, ...this.failed].sort((a, b) => b.id - a.id).slice(0, 20);
    }
    const complete = [...this.jobs.values()].filter((other) => COMPLETE.has(other.status));
    complete
      .slice(0, Math.max(0, complete.length - MAX_COMPLETE))
      .forEach((other) => this.jobs.delete(other.id));
    this.dispatchEvent(new CustomEvent('job', {detail: job}));
    this.#changed();
  }

  #forgetJob(id) {
    this.jobs.delete(id);
    this.failed = this.failed.filter((job) => job.id !== id);
    this.dispatchEvent(new CustomEvent('job-gone', {detail: id}));
  }

  #hearNode(node) {
    const before = this.nodes.get(node.host);
    this.nodes.set(node.host, node);
    if (String(before?.actions) !== String(node.actions)) {
      this.refreshActions();
    }
  }

  async refreshActions() {
    try {
      this.actions = await api.get('actions');
      this.blacklist = await api.get('blacklist');
      this.#changed();
    } catch {
      // The stream has broken too, or the next change asks again.
    }
  }

  #hearSample(sample) {
    this.jobCount = sample.jobs;
    this.workUnitCount = sample.queued + sample.running;
    this.samples = [...this.samples, sample].slice(-MAX_SAMPLES);
  }

  #changed() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.dispatchEvent(new Event('change'));
    });
  }

  /** The jobs that are not complete, the newest first. */
  openJobs() {
    return [...this.jobs.values()]
      .filter((job) => !COMPLETE.has(job.status))
      .sort((a, b) => b.id - a.id);
  }

  /** The nodes, by their names. */
  sortedNodes() {
    return [...this.nodes.values()].sort((a, b) => a.host.localeCompare(b.host));
  }
}
