import {View} from './view.js';

/** A part of the page that draws itself, and does so anew where its width or the theme changes. */
export class Drawn extends View {
  #size = new ResizeObserver(() => this.requestUpdate());
  #theme = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    this.#size.observe(this);
    window.addEventListener('theme', this.#theme);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    window.removeEventListener('theme', this.#theme);
  }
}
