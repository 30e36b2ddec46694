import {LitElement, html, nothing} from 'lit';
import {pretty} from '../format.js';

/** What the form cannot draw is entered as JSON. */
const isDrawn = (schema) =>
  ['string', 'integer', 'number', 'boolean', 'array'].includes(kind(schema))
  || (kind(schema) === 'object' && schema.properties !== undefined);

function kind(schema) {
  const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
  return schema.enum ? 'choice' : (types.find((type) => type !== 'null') ?? 'any');
}

/**
 * A form for a value that a JSON schema describes: objects and lists as deep as they go.
 *
 * <p>Its value has what was entered, and leaves out what was not, so that defaults hold. It fires
 * "entered" when that has changed; "change" comes from the fields in it too.
 */
class CrowdSchemaForm extends LitElement {
  static properties = {
    schema: {attribute: false},
    /** Messages by JSON pointers below the value. */
    problems: {attribute: false},
    value: {attribute: false},
  };

  constructor() {
    super();
    this.value = {};
    this.problems = new Map();
  }

  createRenderRoot() {
    return this;
  }

  #set(path, value) {
    this.value = changed(this.value, path, value);
    this.dispatchEvent(new Event('entered'));
  }

  render() {
    return this.#field(this.schema, [], this.value, null, false);
  }

  #field(schema, path, value, name, isRequired) {
    const pointer = path.map((part) => `/${part}`).join('');
    const id = `option${pointer.replaceAll('/', '-')}`;
    const problem = this.problems.get(pointer);
    const note = problem ? html`<small class="problem" role="alert">${problem}</small>` : nothing;
    const help = schema.description ? html`<small id="${id}-help">${schema.description}</small>` : nothing;
    const title = html`${name}${isRequired ? html` <span class="required">required</span>` : nothing}`;
    const resolved = resolve(schema, this.schema);
    const what = resolved.enum ? 'choice' : isDrawn(resolved) ? kind(resolved) : 'json';
    if (what === 'object') {
      const parts = Object.entries(resolved.properties).map(([key, part]) =>
        this.#field(part, [...path, key], value?.[key], key, (resolved.required ?? []).includes(key)));
      return name === null
        ? html`<div class="fields">${parts}</div>`
        : html`<fieldset class="fields"><legend>${title}</legend>${help}${note}${parts}</fieldset>`;
    }
    if (what === 'array' && isDrawn(resolve(resolved.items ?? {}, this.schema))) {
      return this.#list(resolved, path, value ?? [], title, help, note);
    }
    if (what === 'boolean') {
      return html`
        <label class="field">${title}
          <select id=${id} @change=${(event) => this.#set(path, {'': undefined, true: true, false: false}[event.target.value])}>
            ${['', 'true', 'false'].map((word) => html`
              <option value=${word} ?selected=${String(value ?? '') === word}>${word === '' ? usual(resolved) : word}</option>`)}
          </select>${help}${note}
        </label>`;
    }
    if (what === 'choice') {
      return html`
        <label class="field">${title}
          <select id=${id} @change=${(event) => this.#set(path, resolved.enum[Number(event.target.value)])}>
            <option value="-1">${usual(resolved)}</option>
            ${resolved.enum.map((word, i) => html`<option value=${i} ?selected=${word === value}>${String(word)}</option>`)}
          </select>${help}${note}
        </label>`;
    }
    if (what === 'integer' || what === 'number') {
      return html`
        <label class="field">${title}
          <input id=${id} type="number" step=${what === 'integer' ? 1 : 'any'} .value=${value ?? ''}
            min=${resolved.minimum ?? nothing} max=${resolved.maximum ?? nothing} placeholder=${usual(resolved)}
            @input=${(event) => this.#set(path, event.target.value === '' ? undefined : event.target.valueAsNumber)}>
          ${help}${note}
        </label>`;
    }
    if (what === 'string') {
      return html`
        <label class="field">${title}
          <input id=${id} .value=${value ?? ''} placeholder=${usual(resolved)} maxlength=${resolved.maxLength ?? nothing}
            @input=${(event) => this.#set(path, event.target.value === '' ? undefined : event.target.value)}>
          ${help}${note}
        </label>`;
    }
    return html`
      <label class="field">${title ?? 'JSON'}
        <textarea id=${id} rows="3" spellcheck="false" .value=${value === undefined ? '' : pretty(value)}
          placeholder="JSON" @change=${(event) => this.#setJson(path, event.target)}></textarea>
        ${help}${note}
      </label>`;
  }

  #setJson(path, field) {
    try {
      this.#set(path, field.value.trim() === '' ? undefined : JSON.parse(field.value));
      field.setCustomValidity('');
    } catch (e) {
      field.setCustomValidity(`This is no JSON: ${e.message}`);
      field.reportValidity();
    }
  }

  #list(schema, path, value, title, help, note) {
    return html`
      <fieldset class="fields">
        <legend>${title}</legend>${help}${note}
        ${value.map((item, i) => html`
          <div class="item">
            ${this.#field(schema.items, [...path, i], item, `${i + 1}`, false)}
            <button type="button" @click=${() => this.#set(path, emptied(value.filter((_, at) => at !== i)))}>Remove</button>
          </div>`)}
        <button type="button" @click=${() => this.#set(path, [...value, blank(resolve(schema.items, this.schema))])}>Add</button>
      </fieldset>`;
  }
}

/** Follows a reference to a definition of the same schema. */
function resolve(schema, root) {
  const parts = schema.$ref?.match(/^#\/(.*)$/)?.[1].split('/');
  return parts ? parts.reduce((at, part) => at?.[part], root) ?? {} : schema;
}

const usual = (schema) =>
  schema.default === undefined ? '' : `${JSON.stringify(schema.default)} unless another is given`;

const emptied = (list) => (list.length === 0 ? undefined : list);

function blank(schema) {
  return kind(schema) === 'object' ? {} : null;
}

/** A copy with the value at the path; undefined takes it out, and what it leaves empty. */
function changed(whole, [key, ...rest], value) {
  if (key === undefined) {
    return value;
  }
  const part = rest.length === 0 ? value : changed(whole?.[key], rest, value);
  if (typeof key === 'number') {
    const copy = [...(whole ?? [])];
    copy[key] = part ?? null;
    return copy;
  }
  const {[key]: _, ...others} = whole ?? {};
  const isNothing = part === undefined || (rest.length > 0 && isEmptyObject(part));
  return isNothing ? others : {...others, [key]: part};
}

const isEmptyObject = (value) =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;

customElements.define('crowd-schema-form', CrowdSchemaForm);
