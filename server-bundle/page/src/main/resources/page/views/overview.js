import {html, nothing} from 'lit';
import * as api from '../api.js';
import {COMPLETE} from '../cluster.js';
import {count, counted, when} from '../format.js';
import '../parts/graph.js';
import {jobLink, jobTable} from '../parts/shown.js';
import {View} from '../parts/view.js';

const RANGES = [
  [10, '10 minutes'],
  [60, '1 hour'],
  [24 * 60, '24 hours'],
];

/** How many jobs are asked about why they wait. */
const MAX_ASKED = 10;
const ASK_MILLIS = 5000;

/** First what needs a person, then how it goes. */
class CrowdOverview extends View {
  static properties = {minutes: {state: true}, stuck: {state: true}};

  #asked = 0;

  constructor() {
    super();
    this.minutes = 60;
    this.stuck = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#askWhy();
  }

  willUpdate() {
    if (Date.now() - this.#asked > ASK_MILLIS) {
      this.#askWhy();
    }
  }

  /** Which open jobs have work units that no node can run. */
  async #askWhy() {
    this.#asked = Date.now();
    const open = this.cluster?.openJobs().slice(-MAX_ASKED) ?? [];
    const answers = await Promise.allSettled(open.map((job) => api.get(`jobs/${job.id}/why`)));
    this.stuck = new Map(
      answers
        .filter((answer) => answer.status === 'fulfilled')
        .map(({value}) => [value.job_id, stuckReason(value)])
        .filter(([, reason]) => reason !== null));
  }

  #attention() {
    const {cluster} = this;
    const items = [];
    for (const fault of cluster.faults) {
      items.push(html`<li class="s-failed"><strong>This server</strong> does not do its work. ${fault}</li>`);
    }
    if (cluster.nodes.size === 0 && cluster.workUnitCount > 0) {
      items.push(html`<li class="s-failed"><strong>No node is here</strong>, and
        ${counted(cluster.workUnitCount, 'work unit')} of ${counted(cluster.jobCount, 'job')} wait.
        Start one: <code>crowd node --server ${api.SERVER}</code></li>`);
    }
    for (const job of cluster.failed.slice(0, 5)) {
      items.push(html`<li class="s-failed">Job ${jobLink(job)} (${job.action}) <strong>failed</strong></li>`);
    }
    if (cluster.failed.length > 5) {
      items.push(html`<li><a href="#/jobs?status=failed">All jobs that failed</a></li>`);
    }
    for (const [reason, jobs] of this.#stuckJobs()) {
      items.push(html`<li class="s-waiting">${jobs.length === 1 ? 'Job' : 'Jobs'}
        ${jobs.map((job, i) => html`${i === 0 ? '' : ', '}${jobLink(job)}`)} (${jobs[0].action})
        <strong>${jobs.length === 1 ? 'waits' : 'wait'}</strong>: ${reason}</li>`);
    }
    for (const node of cluster.sortedNodes().filter((other) => other.reason)) {
      items.push(html`<li class="s-delayed">Node <a href="#/nodes">${node.host}</a>
        <strong>takes nothing</strong>: ${node.reason}</li>`);
    }
    for (const node of cluster.sortedNodes().filter((other) => other.problems?.length)) {
      items.push(html`<li class="s-delayed">Node <a href="#/nodes">${node.host}</a>:
        ${node.problems.join(' ')}</li>`);
    }
    for (const entry of cluster.blacklist) {
      items.push(html`<li class="s-cancelled">Action <a href="#/actions">${entry.action}</a> is
        <strong>blacklisted</strong>${entry.expires_at ? html` until ${when(entry.expires_at)}` : nothing}</li>`);
    }
    return items;
  }

  /** The jobs that still wait, by the reason. */
  #stuckJobs() {
    const byReason = new Map();
    for (const [id, reason] of this.stuck) {
      const job = this.cluster.jobs.get(id);
      if (job && !COMPLETE.has(job.status)) {
        byReason.set(reason, [...(byReason.get(reason) ?? []), job]);
      }
    }
    return byReason;
  }

  render() {
    const {cluster} = this;
    const items = this.#attention();
    const open = cluster.openJobs();
    return html`
      <h1>Overview</h1>
      <section aria-labelledby="attention">
        <h2 id="attention">What needs attention</h2>
        ${items.length > 0
          ? html`<ul class="attention">${items}</ul>`
          : html`<p class="good">Nothing.</p>`}
      </section>
      ${cluster.nodes.size === 0 && cluster.jobs.size === 0 ? this.#empty() : nothing}
      <section aria-labelledby="graphs">
        <h2 id="graphs">The cluster</h2>
        <p class="facts">
          <span><b>${cluster.nodes.size}</b> nodes</span>
          <span><b>${[...cluster.nodes.values()].reduce((sum, node) => sum + node.max_workers, 0)}</b> workers</span>
          <span><b>${count(cluster.jobCount)}</b> open jobs</span>
          <span><b>${count(cluster.workUnitCount)}</b> open work units</span>
          <label>Over
            <select @change=${(event) => (this.minutes = Number(event.target.value))}>
              ${RANGES.map(
                ([minutes, name]) => html`<option value=${minutes} ?selected=${minutes === this.minutes}>${name}</option>`)}
            </select>
          </label>
        </p>
        <div class="graphs">${this.#graphs()}</div>
      </section>
      <section aria-labelledby="open">
        <h2 id="open">Open jobs</h2>
        ${open.length > 0 ? jobTable(open.slice(0, 50)) : html`<p>None. <a href="#/jobs">All jobs</a></p>`}
      </section>`;
  }

  #graphs() {
    const from = Date.now() / 1000 - this.minutes * 60;
    const samples = this.cluster.samples.filter((sample) => Date.parse(sample.at) / 1000 >= from);
    const times = samples.map((sample) => Date.parse(sample.at) / 1000);
    const column = (value) => samples.map(value);
    const rate = (name) =>
      samples.map((sample, i) =>
        i === 0 ? null : sample[name] / Math.max(1, times[i] - times[i - 1]));
    return [
      ['Queue', ['queued', 'running'], [column((s) => s.queued), column((s) => s.running)]],
      [
        'Throughput, work units each second at this server',
        ['succeeded', 'failed attempts'],
        [rate('succeeded'), rate('unsuccessful')],
      ],
      ['Workers', ['busy', 'all'], [column((s) => s.running), column((s) => s.workers)]],
      ['Nodes', ['nodes'], [column((s) => s.nodes)]],
    ].map(
      ([label, names, columns]) => html`
        <figure>
          <figcaption>${label}</figcaption>
          <crowd-graph .label=${label} .names=${names} .columns=${[times, ...columns]}></crowd-graph>
        </figure>`);
  }

  #empty() {
    return html`
      <section class="empty" aria-labelledby="begin">
        <h2 id="begin">Nothing runs here yet</h2>
        <ol>
          <li>Start a node, on this machine or another that can reach this one:
            <pre>crowd node --server ${api.SERVER}</pre></li>
          <li>Submit a first job, here or on the command line:
            <pre>crowd submit word_count /usr/share/common-licenses/* --wait --server ${api.SERVER}</pre></li>
        </ol>
      </section>`;
  }
}

/** Why nobody can run what waits, or null where somebody runs it, or could. */
function stuckReason(why) {
  const queued = why.groups.filter((group) => group.state === 'queued');
  const stuck = queued.find(
    (group) => group.reason ?? !group.nodes.some((node) => node.able));
  if (!stuck || why.groups.some((group) => group.state === 'running')) {
    return null;
  }
  return stuck.reason ?? `no node can run it: ${stuck.nodes[0].host} ${stuck.nodes[0].reason}`;
}

customElements.define('crowd-overview', CrowdOverview);
