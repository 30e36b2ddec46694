import {LitElement, html, nothing} from 'lit';
import * as api from '../api.js';
import {brief} from '../format.js';
import {badge, problemNote, unitLink} from './shown.js';

/** A worker, and on demand what it does: its work unit, of which job, with which input. */
class CrowdWorker extends LitElement {
  static properties = {
    /** Its process id, and the id of its work unit. */
    running: {attribute: false},
    unit: {state: true},
    job: {state: true},
    problem: {state: true},
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    const before = changed.get('running');
    if (before && before.work_unit_id !== this.running.work_unit_id && this.unit) {
      this.#look();
    }
  }

  #toggle(event) {
    if (event.target.open) {
      this.#look();
    } else {
      this.unit = null;
    }
  }

  async #look() {
    try {
      this.unit = await api.get(`units/${this.running.work_unit_id}`);
      this.job = await api.get(`jobs/${this.unit.job_id}`);
      this.problem = null;
    } catch (e) {
      this.problem = e;
    }
  }

  render() {
    const {unit, job} = this;
    return html`
      <details @toggle=${this.#toggle}>
        <summary>Worker ${this.running.worker}: work unit ${this.running.work_unit_id}</summary>
        ${problemNote(this.problem)}
        ${unit && job
          ? html`<p>${badge(unit.status)} ${unitLink(unit.id)} of <a href="#/jobs/${job.id}">job ${job.id}</a> (${job.action}),
              attempt ${unit.history.length + 1}</p>
              <p><code>${brief(unit.input)}</code></p>`
          : nothing}
      </details>`;
  }
}

customElements.define('crowd-worker', CrowdWorker);
