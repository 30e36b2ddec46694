import {html, nothing} from 'lit';
import * as api from '../api.js';
import {counted} from '../format.js';
import '../parts/dialog.js';
import {problemNote} from '../parts/shown.js';
import '../parts/worker.js';
import {View} from '../parts/view.js';

const SHOWN = 50;

/** The nodes, with what each of their workers does now. */
class CrowdNodes extends View {
  static properties = {text: {state: true}, limit: {state: true}};

  constructor() {
    super();
    this.text = '';
    this.limit = SHOWN;
  }

  #changeEligibility(node, change) {
    this.attempt(async () => {
      const changed = await api.post(`nodes/${encodeURIComponent(node.host)}/${change}`);
      this.cluster.nodes.set(changed.host, changed);
      this.requestUpdate();
    });
  }

  #askAll(nodes, change, verb, text) {
    this.querySelector('crowd-dialog').ask({
      title: `${verb} ${counted(nodes.length, 'node')}?`,
      text,
      verb,
      act: async () => {
        for (const node of nodes) {
          const changed = await api.post(`nodes/${encodeURIComponent(node.host)}/${change}`);
          this.cluster.nodes.set(changed.host, changed);
        }
        this.requestUpdate();
      },
    });
  }

  #askWorkers(node) {
    this.querySelector('crowd-dialog').ask({
      title: `How many workers has ${node.host}?`,
      text: 'It takes so many work units at once, from its next heartbeat on, until this is changed again.',
      verb: 'Change',
      fields: [
        {
          name: 'max_workers',
          label: 'Workers at once',
          type: 'number',
          min: 1,
          max: 1000,
          value: node.max_workers,
          hint: 'Empty is what the node is configured to have.',
        },
      ],
      act: async (values) => {
        const changed = await api.put(`nodes/${encodeURIComponent(node.host)}/max_workers`, {
          max_workers: values.max_workers === '' ? null : Number(values.max_workers),
        });
        this.cluster.nodes.set(changed.host, changed);
        this.requestUpdate();
      },
    });
  }

  #card(node) {
    const isIneligible = node.reason !== null && node.reason !== undefined;
    return html`
      <article class="node" aria-label="Node ${node.host}">
        <h2>${node.host} ${node.tag ? html`<small>${node.tag}</small>` : nothing}</h2>
        <p>
          <span class="badge ${isIneligible ? 's-delayed' : node.status === 'busy' ? 's-running' : 's-succeeded'}">${isIneligible ? '! takes nothing' : node.status === 'busy' ? 'full' : node.status}</span>
          ${isIneligible ? html`<span class="text">${node.reason}</span>` : nothing}
        </p>
        <p>${counted((node.running ?? []).length, 'work unit')} of ${node.max_workers} at once${node.connection === 'push' ? '' : html`, ${node.connection}`}</p>
        ${(node.running ?? []).length > 0
          ? html`<ul class="workers">${(node.running ?? []).map((running) => html`
              <li><crowd-worker .running=${running}></crowd-worker></li>`)}</ul>`
          : nothing}
        <p class="actions">${node.actions.join(', ')}</p>
        ${node.labels?.length ? html`<p>Labels: ${node.labels.join(', ')}</p>` : nothing}
        ${Object.keys(node.tools ?? {}).length > 0
          ? html`<p>Tools: ${Object.entries(node.tools).map(([name, version]) => `${name} ${version}`).join(', ')}</p>`
          : nothing}
        ${node.problems?.map((problem) => html`<p class="problem">${problem}</p>`)}
        ${this.cluster.access.may_change
          ? html`<p class="buttons">
              ${isIneligible
                ? html`<button @click=${() => this.#changeEligibility(node, 'resume')}>Resume</button>`
                : html`<button @click=${() => this.#changeEligibility(node, 'drain')}>Drain</button>`}
              <button @click=${() => this.#askWorkers(node)}>Change its workers</button>
            </p>`
          : nothing}
      </article>`;
  }

  render() {
    const nodes = this.cluster
      .sortedNodes()
      .filter((node) => `${node.host} ${node.tag ?? ''} ${node.reason ?? ''} ${node.actions.join(' ')}`.includes(this.text));
    return html`
      <h1>Nodes</h1>
      <p>
        <label>Find <input type="search" placeholder="a name, tag or action"
          @input=${(event) => (this.text = event.target.value.trim())}></label>
        ${counted(nodes.length, 'node')}
      </p>
      ${problemNote(this.problem)}
      ${this.cluster.access.may_change && nodes.length > 1
        ? html`<p class="buttons">
            <button @click=${() => this.#askAll(nodes, 'drain', 'Drain', 'They get nothing more until they are resumed.')}>Drain all of these</button>
            <button @click=${() => this.#askAll(nodes, 'resume', 'Resume', 'They get work again.')}>Resume all of these</button>
          </p>`
        : nothing}
      ${nodes.length === 0
        ? html`<p>No node is here. Start one: <code>crowd node --server ${api.SERVER}</code></p>`
        : nothing}
      <div class="cards">${nodes.slice(0, this.limit).map((node) => this.#card(node))}</div>
      ${nodes.length > this.limit
        ? html`<p><button @click=${() => (this.limit += SHOWN)}>More</button></p>`
        : nothing}
      <crowd-dialog></crowd-dialog>`;
  }
}

customElements.define('crowd-nodes', CrowdNodes);
