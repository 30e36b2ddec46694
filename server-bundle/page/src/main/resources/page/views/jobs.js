import {html, nothing} from 'lit';
import * as api from '../api.js';
import {counted} from '../format.js';
import '../parts/dialog.js';
import {jobTable, problemNote} from '../parts/shown.js';
import {View} from '../parts/view.js';

const STATUSES = [
  'waiting', 'splitting', 'processing', 'merging', 'succeeded', 'failed', 'cancelled',
];
const LIMIT = 50;

/** What is done with many jobs at once, by the path of the API. */
const CHANGES = {
  retry: {verb: 'Retry', text: 'Their failed work units run again.'},
  cancel: {verb: 'Cancel', text: 'What runs of them is ended. They can be retried.'},
  delete: {verb: 'Delete', text: 'They and their files are gone for good.'},
};

/** Finds jobs, and changes many of them at once. */
class CrowdJobs extends View {
  static properties = {
    query: {type: String},
    page: {state: true},
    jobs: {state: true},
    chosen: {state: true},
    report: {state: true},
    newer: {state: true},
  };

  #hear = (event) => this.#hearJob(event.detail);
  #forget = (event) => {
    this.jobs = this.jobs.filter((job) => job.id !== event.detail);
  };

  constructor() {
    super();
    this.jobs = [];
    this.chosen = new Set();
    this.newer = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.cluster.addEventListener('job', this.#hear);
    this.cluster.addEventListener('job-gone', this.#forget);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.cluster.removeEventListener('job', this.#hear);
    this.cluster.removeEventListener('job-gone', this.#forget);
  }

  willUpdate(changed) {
    if (changed.has('query')) {
      this.load();
    }
  }

  async load(after = null) {
    await this.attempt(async () => {
      const query = new URLSearchParams(this.query);
      query.set('limit', LIMIT);
      if (after) {
        query.set('after', after);
      }
      this.page = await api.get(`jobs?${query}`);
      this.jobs = after ? [...this.jobs, ...this.page.jobs] : this.page.jobs;
      this.newer = 0;
    });
  }

  #hearJob(job) {
    const known = this.jobs.findIndex((other) => other.id === job.id);
    if (known >= 0) {
      this.jobs = this.jobs.map((other, i) => (i === known ? job : other));
    } else if (this.jobs.length === 0 || job.id > this.jobs[0].id) {
      this.newer++;
    }
  }

  #find(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const text = form.get('text').trim();
    if (/^\d+$/.test(text)) {
      location.hash = `#/jobs/${text}`;
      return;
    }
    const query = new URLSearchParams();
    if (form.get('status')) {
      query.set('status', form.get('status'));
    }
    for (const word of text.split(/\s+/).filter(Boolean)) {
      if (word.includes(':')) {
        query.append('label', word);
      } else {
        query.set('action', word);
      }
    }
    const hash = `#/jobs${query.size === 0 ? '' : `?${query}`}`;
    if (location.hash === hash) {
      this.load();
    } else {
      location.hash = hash;
    }
  }

  #choose = (id, isChosen) => {
    const chosen = new Set(this.chosen);
    chosen[isChosen ? 'add' : 'delete'](id);
    this.chosen = chosen;
  };

  #change(path) {
    const ids = [...this.chosen];
    const {verb, text} = CHANGES[path];
    this.querySelector('crowd-dialog').ask({
      title: `${verb} ${counted(ids.length, 'job')}?`,
      text,
      verb,
      act: async () => {
        const {results} = await api.post(`jobs/${path}`, {ids});
        this.report = results.filter((result) => result.problem);
        this.chosen = new Set();
        await this.load();
      },
    });
  }

  render() {
    const query = new URLSearchParams(this.query);
    const text = [query.get('action'), ...query.getAll('label')].filter(Boolean).join(' ');
    const mayChange = this.cluster.access.may_change;
    return html`
      <h1>Jobs</h1>
      <form class="search" role="search" @submit=${this.#find}>
        <label>Find
          <input name="text" type="search" .value=${text}
            placeholder="a job's id, an action, label:value">
        </label>
        <label>Status
          <select name="status">
            <option value="">any</option>
            ${STATUSES.map(
              (status) => html`<option value=${status} ?selected=${status === query.get('status')}>${status}</option>`)}
          </select>
        </label>
        <button>Find</button>
      </form>
      ${problemNote(this.problem)}
      ${this.report?.length
        ? html`<ul class="problem" role="alert">${this.report.map((result) => html`<li>Job ${result.id}: ${result.problem}</li>`)}</ul>`
        : nothing}
      ${mayChange
        ? html`<p class="buttons">
            ${Object.entries(CHANGES).map(
              ([path, {verb}]) => html`<button ?disabled=${this.chosen.size === 0}
                @click=${() => this.#change(path)}>${verb}</button>`)}
            <span>${counted(this.chosen.size, 'job')} chosen</span>
            <button @click=${() => (this.chosen = new Set(this.jobs.map((job) => job.id)))}>Choose all shown</button>
          </p>`
        : nothing}
      ${this.newer > 0
        ? html`<p><button @click=${() => this.load()}>Show what is new</button></p>`
        : nothing}
      ${this.jobs.length > 0
        ? jobTable(this.jobs, mayChange ? {chosen: this.chosen, choose: this.#choose} : {})
        : html`<p>${this.page ? 'No job is like that.' : 'Asking the server…'}</p>`}
      ${this.page?.after
        ? html`<p><button @click=${() => this.load(this.page.after)}>More</button></p>`
        : nothing}
      <crowd-dialog></crowd-dialog>`;
  }
}

customElements.define('crowd-jobs', CrowdJobs);
