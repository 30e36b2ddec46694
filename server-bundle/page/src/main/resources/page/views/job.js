import {html, nothing} from 'lit';
import * as api from '../api.js';
import {COMPLETE} from '../cluster.js';
import {brief, count, counted, duration, pretty, when} from '../format.js';
import '../parts/dialog.js';
import '../parts/output.js';
import {badge, jobBadge, labels, problemNote, progress, unitLink} from '../parts/shown.js';
import '../parts/time-line.js';
import '../parts/unit-grid.js';
import {View} from '../parts/view.js';
import {UnitStates} from '../unit-states.js';

const STAGES = ['splitting', 'processing', 'merging'];
const AGAIN_MILLIS = 1000;
const SLOWLY_MILLIS = 5000;
const MAX_OUTPUTS = 100;

/** One job: where it stands, what its work units do, what came of them. */
class CrowdJob extends View {
  static properties = {
    jobId: {type: Number},
    job: {state: true},
    units: {state: true},
    unitsAt: {state: true},
    timeLine: {state: true},
    callback: {state: true},
    why: {state: true},
    isGone: {state: true},
  };

  #source = null;
  #soon = null;
  #slowly = null;
  #hear = (event) => {
    if (event.detail.id === this.jobId) {
      // What the event tells is all but the outputs and failures.
      this.job = {...this.job, ...event.detail, outputs: this.job?.outputs, failures: this.job?.failures};
      this.#loadSoon();
    }
  };

  #sleep = () => this.#end();
  #wake = () => this.#begin();

  connectedCallback() {
    super.connectedCallback();
    this.cluster.addEventListener('job', this.#hear);
    this.cluster.addEventListener('sleep', this.#sleep);
    this.cluster.addEventListener('wake', this.#wake);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.cluster.removeEventListener('job', this.#hear);
    this.cluster.removeEventListener('sleep', this.#sleep);
    this.cluster.removeEventListener('wake', this.#wake);
    this.#end();
  }

  willUpdate(changed) {
    if (changed.has('jobId')) {
      this.#end();
      this.job = null;
      this.units = null;
      this.#begin();
    }
  }

  #begin() {
    this.isGone = false;
    if (this.cluster.isAwake) {
      this.#listen();
    }
    this.#load();
    this.#slowly = setInterval(() => this.#loadSlowly(), SLOWLY_MILLIS);
  }

  #end() {
    this.#source?.close();
    clearTimeout(this.#soon);
    this.#soon = null;
    clearInterval(this.#slowly);
  }

  /** Units are told of while somebody looks at them. */
  #listen() {
    this.#source = api.events('units,job_gone', this.jobId);
    this.#source.addEventListener('units', (event) => {
      const isKnown = this.units?.hear(JSON.parse(event.data).units);
      this.unitsAt = performance.now();
      if (!isKnown) {
        this.#loadSoon();
      }
    });
    this.#source.addEventListener('job_gone', () => this.#gone());
    this.#source.addEventListener('reset', () => this.#loadSoon());
    let hasBroken = false;
    this.#source.addEventListener('error', () => (hasBroken = true));
    this.#source.addEventListener('open', () => hasBroken && this.#loadSoon());
  }

  #loadSoon() {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      this.#load();
    }, AGAIN_MILLIS);
  }

  /** What is told of by no event, while the job goes on; or all, where there are no events. */
  #loadSlowly() {
    if (this.cluster.connection === 'polling') {
      this.#load();
    } else if (this.job && (!COMPLETE.has(this.job.status) || this.callback?.status === 'waiting')) {
      this.#loadRest();
    }
  }

  async #load() {
    const asked = this.jobId;
    await this.attempt(async () => {
      try {
        const states = api.get(`jobs/${this.jobId}/states`);
        // Where the job is gone, that it has no states either is no news.
        states.catch(() => {});
        // The job is shown before all its units are read.
        this.job = await api.get(`jobs/${this.jobId}?links=server`);
        const rest = this.#loadRest();
        this.units = new UnitStates((await states).ranges);
        await rest;
      } catch (e) {
        if (e.status !== 404) {
          throw e;
        }
        if (asked === this.jobId) {
          this.#gone();
        }
      }
    });
  }

  /** Nothing more is to be heard of it. */
  #gone() {
    this.isGone = true;
    this.#end();
  }

  async #loadRest() {
    const [timeLine, callback, why] = await Promise.allSettled([
      api.get(`jobs/${this.jobId}/timeline`),
      this.job.callback_url && COMPLETE.has(this.job.status) ? api.get(`jobs/${this.jobId}/callback`) : null,
      api.get(`jobs/${this.jobId}/why`),
    ]);
    this.timeLine = timeLine.value ?? this.timeLine;
    this.callback = callback.value ?? null;
    this.why = why.value ?? null;
  }

  #ask(title, text, verb, act) {
    this.querySelector('crowd-dialog').ask({title, text, verb, act});
  }

  #buttons() {
    const {job} = this;
    const isComplete = COMPLETE.has(job.status);
    const canRetry = job.status === 'failed' || job.status === 'cancelled';
    return html`
      <p class="buttons">
        ${canRetry
          ? html`<button class="primary" @click=${() => this.attempt(async () => {
              await api.post(`jobs/${job.id}/retry`);
              await this.#load();
            })}>Retry</button>`
          : nothing}
        ${isComplete
          ? nothing
          : html`<button @click=${() => this.#ask(
              `Cancel job ${job.id}?`, 'What runs of it is ended. It can be retried.', 'Cancel the job',
              async () => {
                await api.post(`jobs/${job.id}/cancel`);
                await this.#load();
              })}>Cancel</button>`}
        <button @click=${() => this.#ask(
          `Delete job ${job.id}?`, 'It and its files are gone for good.', 'Delete the job',
          async () => {
            await api.remove(`jobs/${job.id}`);
            location.hash = '#/jobs';
          })}>Delete</button>
        ${this.callback && isComplete
          ? html`<button @click=${() => this.attempt(async () => {
              await api.post(`jobs/${job.id}/callback`);
              await this.#loadRest();
            })}>Send the callback again</button>`
          : nothing}
      </p>`;
  }

  render() {
    const {job} = this;
    if (this.isGone) {
      return html`<h1>Job ${this.jobId}</h1><p>There is no such job (any more). <a href="#/jobs">All jobs</a></p>`;
    }
    if (!job) {
      return html`<h1>Job ${this.jobId}</h1>${problemNote(this.problem)}<p>Asking the server…</p>`;
    }
    return html`
      <h1>Job ${job.id}: ${job.action} ${jobBadge(job)}</h1>
      ${problemNote(this.problem)}
      ${job.message ? html`<p class="problem">${job.message}</p>` : nothing}
      ${this.why?.warning ? html`<p class="problem" role="note">${this.why.warning}</p>` : nothing}
      ${this.cluster.access.may_change ? this.#buttons() : nothing}
      <p class="whole">${progress(job)}</p>
      ${this.#stages()}
      <dl class="facts">
        <div><dt>Work units</dt><dd>${count(job.work_units)}</dd></div>
        <div><dt>Submitted</dt><dd>${when(job.submitted_at)}</dd></div>
        <div><dt>${COMPLETE.has(job.status) ? 'Took' : 'For'}</dt><dd>${duration(job.time_taken)}</dd></div>
        ${job.version ? html`<div><dt>Version</dt><dd>${job.version}</dd></div>` : nothing}
        ${job.not_before ? html`<div><dt>Not before</dt><dd>${when(job.not_before)}</dd></div>` : nothing}
        ${job.after
          ? html`<div><dt>After</dt><dd>${job.after.map((id) => html`<a href="#/jobs/${id}">job ${id}</a> `)}</dd></div>`
          : nothing}
        ${job.labels ? html`<div><dt>Labels</dt><dd>${labels(job)}</dd></div>` : nothing}
        ${job.email ? html`<div><dt>Email</dt><dd>${job.email}</dd></div>` : nothing}
        <div><dt>Correlation id</dt><dd><code>${job.correlation_id}</code></dd></div>
      </dl>
      ${this.#whyItWaits()}
      <section aria-labelledby="units">
        <h2 id="units">Work units</h2>
        ${this.units ? html`<crowd-unit-grid .units=${this.units} .tick=${this.unitsAt}></crowd-unit-grid>` : nothing}
      </section>
      ${this.#failures()}
      ${this.#outputs()}
      ${this.timeLine
        ? html`<section aria-labelledby="line">
            <h2 id="line">Who ran when</h2>
            <crowd-time-line .line=${this.timeLine}></crowd-time-line>
          </section>`
        : nothing}
      ${this.#callbackTries()}
      <crowd-dialog></crowd-dialog>`;
  }

  #stages() {
    const advertised = this.cluster.actions.find((action) => action.name === this.job.action);
    const stages = STAGES.filter(
      (stage) =>
        stage === 'processing'
        || this.job.status === stage
        || (stage === 'splitting' ? advertised?.splits : advertised?.merges));
    const failedIn = this.job.failures?.at(-1)?.stage;
    const at =
      this.job.status === 'succeeded'
        ? stages.length
        : stages.indexOf(this.job.status === 'failed' ? failedIn : this.job.status);
    return html`
      <ol class="stages" aria-label="Stages">
        ${stages.map((stage, i) => html`
          <li class=${i < at ? 'done' : i === at ? (this.job.status === 'failed' ? 'failed' : 'now') : ''} aria-current=${i === at ? 'step' : nothing}>${stage}</li>`)}
      </ol>`;
  }

  #whyItWaits() {
    const groups = this.why?.groups.filter((group) => group.state !== 'running') ?? [];
    return groups.length === 0
      ? nothing
      : html`
          <details ?open=${!this.why.groups.some((group) => group.state === 'running')}>
            <summary><h2>Why work units wait: ${count(groups.reduce((sum, group) => sum + group.work_units, 0))}</h2></summary>
            ${groups.map((group) => html`
              <p><strong>${counted(group.work_units, 'work unit')}</strong> ${group.stage}, ${group.state}${group.reason ? `: ${group.reason}` : ''}</p>
              ${group.nodes.length > 0
                ? html`<ul>${group.nodes.map((node) => html`<li><b>${node.host}</b> ${node.reason}</li>`)}</ul>`
                : nothing}`)}
          </details>`;
  }

  #failures() {
    const failures = this.job.failures ?? [];
    return failures.length === 0
      ? nothing
      : html`
          <section aria-labelledby="failures">
            <h2 id="failures">What failed</h2>
            <div class="wide"><table>
              <thead><tr><th>Work unit</th><th>Stage</th><th>Input</th><th class="number">Attempts</th><th>Why</th></tr></thead>
              <tbody>
                ${failures.map((failure) => html`
                  <tr>
                    <td>${unitLink(failure.work_unit_id)}</td>
                    <td>${failure.stage}</td>
                    <td><code>${brief(failure.input)}</code></td>
                    <td class="number">${failure.attempts}</td>
                    <td class="text">${failure.message}</td>
                  </tr>`)}
              </tbody>
            </table></div>
          </section>`;
  }

  #outputs() {
    const outputs = this.job.outputs ?? [];
    return outputs.length === 0
      ? nothing
      : html`
          <section aria-labelledby="outputs">
            <h2 id="outputs">Outputs</h2>
            ${outputs.slice(0, MAX_OUTPUTS).map(
              (output) => html`<crowd-output .value=${output}></crowd-output>`)}
            ${outputs.length > MAX_OUTPUTS
              ? html`<p>${counted(outputs.length - MAX_OUTPUTS, 'more output')}:
                  <a href="jobs/${this.job.id}">all of them as JSON</a></p>`
              : nothing}
          </section>`;
  }

  #callbackTries() {
    return this.callback
      ? html`
          <section aria-labelledby="callback">
            <h2 id="callback">Callback</h2>
            <p>${badge(this.callback.status)} to <code>${this.callback.url}</code>${this.callback.next_try_at
              ? `, next at ${when(this.callback.next_try_at)}`
              : ''}</p>
            ${this.callback.tries.length > 0
              ? html`<div class="wide"><table>
                  <thead><tr><th>Message</th><th>At</th><th class="number">Took</th><th>Answer</th></tr></thead>
                  <tbody>${this.callback.tries.map((tried) => html`
                    <tr><td><code>${tried.message_id}</code></td><td>${when(tried.started_at)}</td>
                      <td class="number">${duration(tried.seconds)}</td>
                      <td class="text">${tried.status ? `HTTP ${tried.status}` : pretty(tried.message)}</td></tr>`)}
                  </tbody></table></div>`
              : nothing}
          </section>`
      : nothing;
  }
}

customElements.define('crowd-job', CrowdJob);
