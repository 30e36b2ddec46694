import {html, nothing} from 'lit';
import * as api from '../api.js';
import {COMPLETE} from '../cluster.js';
import {duration, pretty, seconds, when} from '../format.js';
import '../parts/output.js';
import {badge, problemNote} from '../parts/shown.js';
import {View} from '../parts/view.js';

const FOLLOW_MILLIS = 2000;

/** One work unit down to the log of each attempt. */
class CrowdUnit extends View {
  static properties = {
    unitId: {type: Number},
    unit: {state: true},
    attemptNo: {state: true},
    log: {state: true},
  };

  #timer = null;

  connectedCallback() {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#follow(), FOLLOW_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('unitId')) {
      this.unit = null;
      this.log = null;
      this.attemptNo = null;
      this.#load();
    }
  }

  #follow() {
    if (this.unit && !COMPLETE.has(this.unit.status)) {
      this.#load();
    }
  }

  async #load() {
    await this.attempt(async () => {
      this.unit = await api.get(`units/${this.unitId}?links=server`);
      await this.#loadLog();
    });
  }

  /** Of the attempt that was chosen, or of the latest. */
  async #loadLog() {
    try {
      const attempt = this.attemptNo ? `?attempt=${this.attemptNo}` : '';
      this.log = await api.getLog(`units/${this.unitId}/log${attempt}`);
    } catch (e) {
      if (e.status !== 404) {
        throw e;
      }
      this.log = null;
    }
  }

  #choose(attempt) {
    this.attemptNo = attempt;
    this.attempt(() => this.#loadLog());
  }

  render() {
    const {unit} = this;
    if (!unit) {
      return html`<h1>Work unit ${this.unitId}</h1>${problemNote(this.problem)}${this.problem ? nothing : html`<p>Asking the server…</p>`}`;
    }
    return html`
      <h1>Work unit ${unit.id} ${badge(unit.state === 'running' ? unit.status : unit.state)}</h1>
      <p><a href="#/jobs/${unit.job_id}">Job ${unit.job_id}</a>${unit.node ? html`, runs on <b>${unit.node}</b>` : nothing}</p>
      ${problemNote(this.problem)}
      ${unit.message ? html`<p class="problem text">${unit.message}</p>` : nothing}
      <section aria-labelledby="attempts">
        <h2 id="attempts">Attempts</h2>
        ${unit.history.length === 0 ? html`<p>None has ended yet.</p>` : this.#attempts()}
      </section>
      <section aria-labelledby="log">
        <h2 id="log">Log${this.log?.attempt ? ` of attempt ${this.log.attempt}` : ''}</h2>
        ${this.log?.text ? html`<pre class="log" tabindex="0">${this.log.text}</pre>` : html`<p>It has printed nothing.</p>`}
      </section>
      <section aria-labelledby="input">
        <h2 id="input">Input</h2>
        <pre tabindex="0">${pretty(unit.input)}</pre>
      </section>
      ${unit.output !== null && unit.output !== undefined
        ? html`<section aria-labelledby="output">
            <h2 id="output">Output</h2>
            <crowd-output .value=${unit.output}></crowd-output>
          </section>`
        : nothing}`;
  }

  #attempts() {
    return html`
      <div class="wide"><table>
        <thead>
          <tr><th>Attempt</th><th>Outcome</th><th>Node</th><th>Worker</th><th>Version</th><th>Began</th>
            <th class="number">Took</th><th>Why</th><th>Log</th></tr>
        </thead>
        <tbody>
          ${this.unit.history.map((attempt) => html`
            <tr>
              <td>${attempt.attempt}</td>
              <td>${badge(attempt.outcome)}</td>
              <td>${attempt.node}</td>
              <td>${attempt.worker ?? ''}</td>
              <td>${attempt.version ?? ''}</td>
              <td>${when(attempt.started_at)}</td>
              <td class="number nowrap">${duration(seconds(attempt.started_at, attempt.ended_at))}</td>
              <td class="text">${attempt.message ?? ''}</td>
              <td><button aria-pressed=${this.log?.attempt === attempt.attempt ? 'true' : 'false'}
                @click=${() => this.#choose(attempt.attempt)}>Show</button></td>
            </tr>`)}
        </tbody>
      </table></div>`;
  }
}

customElements.define('crowd-unit', CrowdUnit);
