import {html, nothing} from 'lit';
import * as api from '../api.js';
import {when} from '../format.js';
import '../parts/dialog.js';
import {problemNote} from '../parts/shown.js';
import {View} from '../parts/view.js';

/** The actions with their versions, and which are on the blacklist. */
class CrowdActions extends View {
  #block(name) {
    this.querySelector('crowd-dialog').ask({
      title: `Blacklist ${name}?`,
      text: 'Its work units wait, on every node. What runs of it goes on.',
      verb: 'Blacklist',
      fields: [
        {
          name: 'minutes',
          label: 'For how many minutes',
          type: 'number',
          min: 1,
          hint: 'Empty is until somebody takes it off.',
        },
      ],
      act: async ({minutes}) => {
        await api.post('blacklist', {
          action: name,
          expires_at: minutes === '' ? null : new Date(Date.now() + minutes * 60_000).toISOString(),
        });
        await this.cluster.refreshActions();
      },
    });
  }

  #unblock(name) {
    this.attempt(async () => {
      await api.remove(`blacklist/${encodeURIComponent(name)}`);
      await this.cluster.refreshActions();
    });
  }

  render() {
    const {actions, blacklist, access} = this.cluster;
    const blocked = new Map(blacklist.map((entry) => [entry.action, entry]));
    const known = new Set(actions.map((action) => action.name));
    const absent = blacklist.filter((entry) => !known.has(entry.action));
    return html`
      <h1>Actions</h1>
      ${problemNote(this.problem)}
      ${actions.length === 0 ? html`<p>No node that is here has any.</p>` : nothing}
      <div class="wide"><table>
        <thead><tr><th>Action</th><th>Version</th><th>Stages</th><th>What it does</th><th>Blacklist</th>
          ${access.may_change ? html`<th>Do</th>` : nothing}</tr></thead>
        <tbody>
          ${actions.map((action) => this.#row(action, blocked.get(action.name)))}
          ${absent.map((entry) => this.#row({name: entry.action, version: '', description: 'no node has it'}, entry))}
        </tbody>
      </table></div>
      <crowd-dialog></crowd-dialog>`;
  }

  #row(action, entry) {
    const stages = ['splits', 'merges'].filter((stage) => action[stage]);
    return html`
      <tr>
        <td><b>${action.name}</b></td>
        <td>${action.version}</td>
        <td>${stages.join(', ')}</td>
        <td class="text">${action.description ?? ''}</td>
        <td>${entry ? html`<span class="badge s-cancelled">blacklisted</span> ${entry.expires_at ? `until ${when(entry.expires_at)}` : ''}` : nothing}</td>
        ${this.cluster.access.may_change
          ? html`<td class="nowrap">
              <a class="button" href="#/submit/${encodeURIComponent(action.name)}">Submit</a>
              ${entry
                ? html`<button @click=${() => this.#unblock(action.name)}>Take off the blacklist</button>`
                : html`<button @click=${() => this.#block(action.name)}>Blacklist</button>`}
            </td>`
          : nothing}
      </tr>`;
  }
}

customElements.define('crowd-actions', CrowdActions);
