import {LitElement, html, nothing} from 'lit';
import {SERVER} from '../api.js';
import {pretty} from '../format.js';

const IMAGE = /\.(png|jpe?g|gif|webp|svg|bmp)$/i;
const MAX_TEXT = 2000;

/** A value of JSON as text, with the files of ours in it as links and pictures. */
class CrowdOutput extends LitElement {
  static properties = {value: {attribute: false}};

  createRenderRoot() {
    return this;
  }

  /** Files that this server gives out; other links stay text, wherever they would lead. */
  #links() {
    const links = [];
    const look = (value) => {
      if (typeof value === 'string') {
        const url = assetUrl(value);
        if (url) {
          links.push(url);
        }
      } else if (value !== null && typeof value === 'object') {
        Object.values(value).forEach(look);
      }
    };
    look(this.value);
    return links;
  }

  render() {
    const text = pretty(this.value);
    return html`
      <div class="output">
        ${this.#links().map((url) => {
          const name = decodeURIComponent(url.pathname.split('/').pop());
          return html`
            <figure>
              ${IMAGE.test(name)
                ? html`<a href=${url.href}><img class="preview" loading="lazy" src=${url.href} alt="Preview of ${name}"></a>`
                : nothing}
              <figcaption><a href=${url.href} download=${name}>${name}</a></figcaption>
            </figure>`;
        })}
        <pre tabindex="0">${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text}</pre>
      </div>`;
  }
}

function assetUrl(text) {
  try {
    const url = new URL(text);
    const assets = new URL('assets/', SERVER);
    // A public name of the server may be another than the one that this page came from.
    const at = url.pathname.indexOf('/assets/');
    return at >= 0 && url.searchParams.has('signature')
      ? new URL(url.pathname.slice(at + '/assets/'.length) + url.search, assets)
      : null;
  } catch {
    return null;
  }
}

customElements.define('crowd-output', CrowdOutput);
