import uPlot from 'uplot';
import {colour} from './colour.js';
import {Drawn} from './drawn.js';

const HEIGHT = 150;

/** Okabe and Ito's colours, which differ for every kind of colour blindness. */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7'];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** A graph over time: columns of numbers, the first of them seconds since 1970. */
class CrowdGraph extends Drawn {
  static properties = {
    names: {attribute: false},
    columns: {attribute: false},
    label: {type: String},
  };

  #plot = null;

  connectedCallback() {
    super.connectedCallback();
    this.setAttribute('role', 'img');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#plot?.destroy();
    this.#plot = null;
  }

  updated() {
    const last = this.columns.map((column) => column[column.length - 1]);
    this.setAttribute(
      'aria-label',
      `${this.label}: ${this.names.map((name, i) => `${name} ${last[i + 1] ?? 'unknown'}`).join(', ')}`);
    if (this.clientWidth === 0) {
      return;
    }
    if (this.#plot) {
      this.#plot.setSize({width: this.clientWidth, height: HEIGHT});
      this.#plot.setData(this.columns);
    } else {
      this.#plot = new uPlot(this.#options(), this.columns, this);
    }
  }

  #options() {
    // Asked for at each drawing, since the theme may change.
    const grid = {stroke: () => colour('--line'), width: 1};
    const axis = {stroke: () => colour('--ink'), grid, ticks: grid, font: '12px system-ui, sans-serif'};
    return {
      width: this.clientWidth,
      height: HEIGHT,
      legend: {live: true},
      cursor: {y: false},
      scales: {y: {range: (plot, min, max) => [0, Math.max(1, max * 1.1)]}},
      axes: [axis, {...axis, size: 56}],
      series: [
        {},
        ...this.names.map((name, i) => ({
          label: name,
          stroke: COLOURS[i],
          dash: DASHES[i],
          width: 2,
          spanGaps: true,
          points: {show: false},
        })),
      ],
    };
  }
}

customElements.define('crowd-graph', CrowdGraph);
