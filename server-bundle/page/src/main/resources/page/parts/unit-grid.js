import {html} from 'lit';
import {count, counted} from '../format.js';
import {STATES} from '../unit-states.js';
import {colour} from './colour.js';
import {Drawn} from './drawn.js';

const GAP = 1;
const MIN_CELL = 4;
const MAX_CELL = 14;
const MAX_ROWS = 40;

/**
 * The work units of a job as cells of a grid, in the order of their ids. Where they are more than
 * the grid has cells, each cell stands for several, and shows the worst of them.
 */
class CrowdUnitGrid extends Drawn {
  static properties = {
    units: {attribute: false},
    hovered: {state: true},
  };

  #at = 0;

  /** How the cells lie in the width that there is. */
  #layout() {
    const width = Math.max(200, this.clientWidth);
    const total = this.units.size;
    let size = MAX_CELL;
    while (size > MIN_CELL && Math.ceil(total / Math.floor(width / size)) > MAX_ROWS) {
      size--;
    }
    const columns = Math.floor(width / size);
    const cells = Math.min(total, columns * MAX_ROWS);
    return {size, columns, cells, rows: Math.ceil(cells / columns), perCell: total / cells};
  }

  /** The rank of the state that each cell shows. */
  #shown({cells, perCell}) {
    const shown = new Uint8Array(cells).fill(STATES.length);
    this.units.ranks.forEach((rank, i) => {
      const cell = Math.min(cells - 1, Math.floor(i / perCell));
      if (rank < shown[cell]) {
        shown[cell] = rank;
      }
    });
    return shown;
  }

  updated() {
    const canvas = this.querySelector('canvas');
    if (!canvas) {
      return;
    }
    const layout = this.#layout();
    const {size, columns, rows} = layout;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = columns * size * ratio;
    canvas.height = rows * size * ratio;
    canvas.style.width = `${columns * size}px`;
    canvas.style.height = `${rows * size}px`;
    const colours = STATES.map((state) => colour(`--s-${state}`));
    const paper = colour('--paper');
    const paint = canvas.getContext('2d');
    paint.scale(ratio, ratio);
    this.#shown(layout).forEach((rank, cell) => {
      const x = (cell % columns) * size;
      const y = Math.floor(cell / columns) * size;
      paint.fillStyle = colours[rank];
      paint.fillRect(x, y, size - GAP, size - GAP);
      if (rank === 0 && size >= 8) {
        // Failed also has a sign, for who does not see its colour.
        paint.strokeStyle = paper;
        paint.lineWidth = 1.5;
        paint.beginPath();
        paint.moveTo(x + 2, y + 2);
        paint.lineTo(x + size - 3, y + size - 3);
        paint.moveTo(x + size - 3, y + 2);
        paint.lineTo(x + 2, y + size - 3);
        paint.stroke();
      }
    });
    if (document.activeElement === canvas) {
      paint.strokeStyle = colour('--ink');
      paint.lineWidth = 2;
      paint.strokeRect(
        (this.#at % columns) * size, Math.floor(this.#at / columns) * size, size, size);
    }
  }

  /** The first unit that a cell stands for. */
  #unitAt(cell, {cells, perCell}) {
    if (cell < 0 || cell >= cells) {
      return null;
    }
    const i = Math.ceil(cell * perCell);
    return {id: this.units.ids[i], state: STATES[this.units.ranks[i]]};
  }

  #cellOf(event) {
    const layout = this.#layout();
    const box = event.target.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left) / layout.size);
    const row = Math.floor((event.clientY - box.top) / layout.size);
    return row * layout.columns + column;
  }

  #hover(event) {
    this.hovered = this.#unitAt(this.#cellOf(event), this.#layout());
  }

  #open(event) {
    const unit = this.#unitAt(this.#cellOf(event), this.#layout());
    if (unit) {
      location.hash = `#/units/${unit.id}`;
    }
  }

  #key(event) {
    const layout = this.#layout();
    const steps = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -layout.columns,
      ArrowDown: layout.columns,
      Home: -layout.cells,
      End: layout.cells,
    };
    if (event.key === 'Enter' && this.hovered) {
      location.hash = `#/units/${this.hovered.id}`;
    } else if (steps[event.key]) {
      event.preventDefault();
      this.#at = Math.max(0, Math.min(layout.cells - 1, this.#at + steps[event.key]));
      this.hovered = this.#unitAt(this.#at, layout);
      this.requestUpdate();
    }
  }

  render() {
    if (this.units.size === 0) {
      return html`<p>No work units yet.</p>`;
    }
    const counts = this.units.counts();
    const {perCell} = this.#layout();
    return html`
      <ul class="legend">
        ${counts.map(([state, many]) => html`<li><span class="swatch s-${state}" aria-hidden="true"></span>${state}
          <b>${count(many)}</b></li>`)}
      </ul>
      <canvas tabindex="0" role="application"
        aria-label="${counted(this.units.size, 'work unit')}: ${counts.map(([state, many]) => `${many} ${state}`).join(', ')}. Arrow keys choose one, Enter opens it."
        @pointermove=${this.#hover} @pointerleave=${() => (this.hovered = null)} @click=${this.#open}
        @keydown=${this.#key} @focus=${() => this.requestUpdate()} @blur=${() => this.requestUpdate()}></canvas>
      <p class="hint" aria-live="polite">
        ${this.hovered
          ? `Work unit ${this.hovered.id}: ${this.hovered.state}`
          : perCell > 1
            ? `Each cell stands for ${perCell.toFixed(1)} work units, and shows the worst of them.`
            : 'Choose a cell to open its work unit.'}
      </p>`;
  }
}

customElements.define('crowd-unit-grid', CrowdUnitGrid);
