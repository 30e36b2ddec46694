import {html, nothing} from 'lit';
import * as api from '../api.js';
import {counted} from '../format.js';
import '../parts/schema-form.js';
import {problemNote} from '../parts/shown.js';
import {View} from '../parts/view.js';

const NUMBERS = [
  ['priority', 'Priority', 'From -1000 to 1000; the smaller goes first.'],
  ['max_attempts', 'Attempts at each work unit', 'Before it has failed for good.'],
  ['timeout', 'Timeout of an attempt, in seconds', ''],
  ['max_running', 'Work units that run at once', ''],
];
const TEXTS = [
  ['version', 'Version', 'Of the action, or a range of them: [1.2,2)'],
  ['not_before', 'Not before', 'A time such as 2026-12-24T18:00:00Z.'],
  ['after', 'After jobs', 'Their ids; this one begins when they have succeeded.'],
  ['labels', 'Labels', 'name:value, set apart by blanks.'],
  ['callback_url', 'Callback URL', 'Is told when the job is complete.'],
];

/** A job as a form, drawn from the schema of its action's options. */
class CrowdSubmit extends View {
  static properties = {
    action: {type: String},
    inputs: {state: true},
    options: {state: true},
    optionProblems: {state: true},
    isBusy: {state: true},
  };

  constructor() {
    super();
    this.inputs = '';
    this.options = {};
    this.optionProblems = new Map();
  }

  /** The latest version of each action. */
  get #actions() {
    return [...new Map([...this.cluster.actions].reverse().map((action) => [action.name, action])).values()]
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  #choose(event) {
    this.options = {};
    this.optionProblems = new Map();
    location.hash = `#/submit/${encodeURIComponent(event.target.value)}`;
  }

  /** One input a line: JSON where it is some, else text. */
  #inputList() {
    return this.inputs
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line) => {
        try {
          return JSON.parse(line);
        } catch {
          return line;
        }
      });
  }

  #request(form) {
    const values = new FormData(form);
    const given = (name) => (values.get(name) ?? '').trim();
    const request = {action: this.action, inputs: this.#inputList()};
    if (Object.keys(this.options).length > 0) {
      request.options = this.options;
    }
    for (const [name] of NUMBERS) {
      if (given(name) !== '') {
        request[name] = Number(given(name));
      }
    }
    for (const name of ['version', 'not_before', 'callback_url']) {
      if (given(name) !== '') {
        request[name] = given(name);
      }
    }
    if (given('after') !== '') {
      request.after = given('after').split(/[\s,]+/).map(Number);
      if (request.inputs.length === 0) {
        delete request.inputs;
      }
    }
    if (given('labels') !== '') {
      request.labels = Object.fromEntries(
        given('labels').split(/\s+/).map((label) => label.split(/:(.*)/s, 2)));
    }
    return request;
  }

  async #submit(event) {
    event.preventDefault();
    this.isBusy = true;
    this.problem = null;
    this.optionProblems = new Map();
    try {
      const job = await api.post('jobs', this.#request(event.target), {
        // A second press of the button makes no second job.
        'Idempotency-Key': this.#key(),
      });
      location.hash = `#/jobs/${job.id}`;
    } catch (e) {
      this.problem = e;
      if (e.field?.startsWith('/options')) {
        this.optionProblems = new Map([[e.field.slice('/options'.length), e.message]]);
      }
      this.#lastKey = null;
    } finally {
      this.isBusy = false;
    }
  }

  #lastKey = null;

  #key() {
    this.#lastKey ??= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0')).join('');
    return this.#lastKey;
  }

  render() {
    if (!this.cluster.access.may_change) {
      return html`<h1>Submit a job</h1><p>This login may look, and change nothing.</p>`;
    }
    const advertised = this.cluster.actions.find((action) => action.name === this.action);
    return html`
      <h1>Submit a job</h1>
      <form class="submit" @submit=${this.#submit}>
        <label class="field">Action
          <select required @change=${this.#choose}>
            <option value="">Choose one</option>
            ${this.#actions.map(
              (action) => html`<option value=${action.name} ?selected=${action.name === this.action}>${action.name}</option>`)}
          </select>
          ${advertised?.description ? html`<small>${advertised.description}</small>` : nothing}
        </label>
        ${this.action && !advertised ? html`<p class="problem">No node that is here has the action ${this.action}.</p>` : nothing}
        <label class="field">Inputs
          <textarea rows="5" spellcheck="false" .value=${this.inputs} placeholder="One a line: a URL, a text, or JSON"
            @input=${(event) => (this.inputs = event.target.value)}></textarea>
          <small>${counted(this.#inputList().length, 'input')}</small>
        </label>
        ${advertised
          ? html`<fieldset><legend>Options</legend>
              <crowd-schema-form .schema=${advertised.options ?? {}} .value=${this.options} .problems=${this.optionProblems}
                @entered=${(event) => (this.options = event.target.value ?? {})}></crowd-schema-form>
            </fieldset>`
          : nothing}
        <details>
          <summary>How it is run</summary>
          <div class="fields">
            ${NUMBERS.map(([name, label, hint]) => html`
              <label class="field">${label}<input name=${name} type="number" step="any">
                ${hint ? html`<small>${hint}</small>` : nothing}</label>`)}
            ${TEXTS.map(([name, label, hint]) => html`
              <label class="field">${label}<input name=${name}><small>${hint}</small></label>`)}
          </div>
        </details>
        ${problemNote(this.problem)}
        <p class="buttons"><button class="primary" ?disabled=${this.isBusy || !advertised}>Submit</button></p>
      </form>`;
  }
}

customElements.define('crowd-submit', CrowdSubmit);
