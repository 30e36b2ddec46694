import {LitElement, html, nothing} from 'lit';
import {problemNote} from './shown.js';

/**
 * Asks before something is done that cannot be taken back, or for what it takes.
 *
 * <p>What is then done is passed in, so that a refusal is shown where one can try again.
 */
class CrowdDialog extends LitElement {
  static properties = {question: {state: true}, problem: {state: true}, isBusy: {state: true}};

  createRenderRoot() {
    return this;
  }

  /**
   * @param {{title: string, text: ?string, verb: string, fields: ?Array, act: function}} question
   *     fields have name, label, type, value, hint and required; act gets their values, and what
   *     it throws is shown
   */
  ask(question) {
    this.question = question;
    this.problem = null;
    this.updateComplete.then(() => this.querySelector('dialog').showModal());
  }

  #close() {
    this.querySelector('dialog').close();
  }

  async #act(event) {
    event.preventDefault();
    this.isBusy = true;
    this.problem = null;
    try {
      await this.question.act(Object.fromEntries(new FormData(event.target)));
      this.#close();
    } catch (e) {
      this.problem = e;
    } finally {
      this.isBusy = false;
    }
  }

  render() {
    const {question} = this;
    return html`
      <dialog aria-labelledby="dialog-title">
        ${question
          ? html`
              <form @submit=${this.#act}>
                <h2 id="dialog-title">${question.title}</h2>
                ${question.text ? html`<p>${question.text}</p>` : nothing}
                ${(question.fields ?? []).map((field) => html`
                  <label class="field">${field.label}
                    <input name=${field.name} type=${field.type ?? 'text'} .value=${field.value ?? ''}
                      ?required=${field.required} min=${field.min ?? nothing} max=${field.max ?? nothing}>
                    ${field.hint ? html`<small>${field.hint}</small>` : nothing}
                  </label>`)}
                ${problemNote(this.problem)}
                <p class="buttons">
                  <button class="primary" ?disabled=${this.isBusy}>${question.verb}</button>
                  <button type="button" @click=${this.#close}>Leave it</button>
                </p>
              </form>`
          : nothing}
      </dialog>`;
  }
}

customElements.define('crowd-dialog', CrowdDialog);
