import {LitElement, html, nothing} from 'lit';
import {Cluster} from './cluster.js';
import {clock} from './format.js';
import './views/overview.js';
import './views/jobs.js';
import './views/job.js';
import './views/unit.js';
import './views/nodes.js';
import './views/actions.js';
import './views/submit.js';

const PLACES = [
  ['', 'Overview'],
  ['jobs', 'Jobs'],
  ['nodes', 'Nodes'],
  ['actions', 'Actions'],
];

const CONNECTIONS = {
  connecting: () => 'Connecting…',
  live: () => 'Live',
  polling: () => 'The event stream is not available; asking every few seconds',
  lost: (since) =>
    `The connection is lost since ${clock(since)}. This is what was known; trying again…`,
};

/** The whole page: where one is, whether it lives, and the view that belongs there. */
class CrowdApp extends LitElement {
  static properties = {place: {state: true}, theme: {state: true}};

  constructor() {
    super();
    this.cluster = new Cluster();
    this.place = '';
    this.theme = localStorage.getItem('theme') ?? 'auto';
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.cluster.addEventListener('change', () => this.requestUpdate());
    window.addEventListener('hashchange', () => this.#go());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#paint());
    this.#go();
    this.#paint();
    this.cluster.live();
  }

  #go() {
    this.place = location.hash.replace(/^#\/?/, '');
    window.scrollTo(0, 0);
  }

  #paint() {
    document.documentElement.dataset.theme = this.theme;
    window.dispatchEvent(new Event('theme'));
  }

  #changeTheme(event) {
    this.theme = event.target.value;
    localStorage.setItem('theme', this.theme);
    this.#paint();
  }

  render() {
    const {connection, since, access} = this.cluster;
    const at = this.place.split(/[/?]/, 1)[0];
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to the content</a>
      <header>
        <a class="name" href="#/"><img src="page/icon.svg" alt="" width="24" height="24">CloudCrowd</a>
        <nav aria-label="Places">
          ${PLACES.map(
            ([path, name]) => html`
              <a href="#/${path}" aria-current=${at === path ? 'page' : nothing}>${name}</a>`)}
        </nav>
        ${access.may_change
          ? html`<a class="button primary" href="#/submit">Submit a job</a>`
          : this.cluster.isKnown
            ? html`<span class="note" title="This login may look, and change nothing.">Read-only</span>`
            : nothing}
        <label class="theme">Theme
          <select @change=${this.#changeTheme}>
            ${['auto', 'light', 'dark'].map(
              (name) => html`<option value=${name} ?selected=${name === this.theme}>${name}</option>`)}
          </select>
        </label>
      </header>
      <p class="connection ${connection}" role="status">
        <span class="dot" aria-hidden="true"></span>${CONNECTIONS[connection](since)}
      </p>
      <main id="main" tabindex="-1">${this.#view(at)}</main>`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('#main').focus();
  }

  #view(at) {
    const [path, query = ''] = this.place.split('?', 2);
    const rest = decodeURIComponent(path.split('/').slice(1).join('/'));
    const {cluster} = this;
    if (!cluster.isKnown) {
      return html`<p>${cluster.connection === 'lost' ? 'Nothing is known yet.' : 'Asking the server…'}</p>`;
    }
    switch (at) {
      case '':
        return html`<crowd-overview .cluster=${cluster} .tick=${{}}></crowd-overview>`;
      case 'jobs':
        return rest
          ? html`<crowd-job .cluster=${cluster} .jobId=${Number(rest)} .tick=${{}}></crowd-job>`
          : html`<crowd-jobs .cluster=${cluster} .query=${query} .tick=${{}}></crowd-jobs>`;
      case 'units':
        return html`<crowd-unit .cluster=${cluster} .unitId=${Number(rest)}></crowd-unit>`;
      case 'nodes':
        return html`<crowd-nodes .cluster=${cluster} .tick=${{}}></crowd-nodes>`;
      case 'actions':
        return html`<crowd-actions .cluster=${cluster} .tick=${{}}></crowd-actions>`;
      case 'submit':
        return html`<crowd-submit .cluster=${cluster} .action=${rest}></crowd-submit>`;
      default:
        return html`<h1>There is no such place</h1><p><a href="#/">To the overview</a></p>`;
    }
  }
}

customElements.define('crowd-app', CrowdApp);
