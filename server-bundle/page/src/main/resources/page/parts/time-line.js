import {html} from 'lit';
import {clock, count} from '../format.js';
import {colour} from './colour.js';
import {Drawn} from './drawn.js';

const LANE = 18;
const NAME = 170;

/** Which node was busy when with a job: a lane for each, the darker the more of its units ran. */
class CrowdTimeLine extends Drawn {
  static properties = {line: {attribute: false}, hovered: {state: true}};

  updated() {
    const canvas = this.querySelector('canvas');
    if (!canvas) {
      return;
    }
    const {lanes} = this.line;
    const width = Math.max(240, this.clientWidth);
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = lanes.length * LANE * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${lanes.length * LANE}px`;
    const ink = colour('--ink');
    const running = colour('--s-running');
    const failed = colour('--s-failed');
    const paint = canvas.getContext('2d');
    paint.scale(ratio, ratio);
    paint.font = '12px system-ui, sans-serif';
    paint.textBaseline = 'middle';
    const most = Math.max(...lanes.flatMap((lane) => lane.busy), 1e-9);
    const name = this.#nameWidth(width);
    const step = (width - name) / (lanes[0]?.busy.length || 1);
    lanes.forEach((lane, row) => {
      const y = row * LANE;
      paint.globalAlpha = 1;
      paint.fillStyle = ink;
      paint.fillText(lane.node, 0, y + LANE / 2, name - 8);
      lane.busy.forEach((busy, i) => {
        if (busy > 0) {
          paint.globalAlpha = 0.25 + 0.75 * (busy / most);
          paint.fillStyle = running;
          paint.fillRect(name + i * step, y + 2, Math.ceil(step), LANE - 4);
        }
        if (lane.unsuccessful[i] > 0) {
          paint.globalAlpha = 1;
          paint.fillStyle = failed;
          paint.fillRect(name + i * step, y + LANE - 6, Math.max(2, step), 4);
        }
      });
    });
  }

  #nameWidth(width) {
    return Math.min(NAME, width / 3);
  }

  #hover(event) {
    const box = event.target.getBoundingClientRect();
    const name = this.#nameWidth(box.width);
    const {lanes, from, bucket_seconds: seconds} = this.line;
    const lane = lanes[Math.floor((event.clientY - box.top) / LANE)];
    const i = Math.floor(
      ((event.clientX - box.left - name) / (box.width - name)) * (lane?.busy.length ?? 0));
    this.hovered =
      lane && i >= 0 && i < lane.busy.length
        ? `${lane.node} from ${clock(new Date(Date.parse(from) + i * seconds * 1000))}: `
          + `${lane.busy[i].toFixed(1)} at once, ${count(lane.unsuccessful[i])} failed`
        : null;
  }

  render() {
    const {lanes, from, to} = this.line;
    return lanes.length === 0
      ? html`<p>Nothing has run yet.</p>`
      : html`
          <canvas role="img" aria-label="When each of ${lanes.length} nodes was busy with the job"
            @pointermove=${this.#hover} @pointerleave=${() => (this.hovered = null)}></canvas>
          <p class="hint">${this.hovered ?? `${clock(new Date(from))} to ${clock(new Date(to))}; a red foot marks attempts that failed.`}</p>`;
  }
}

customElements.define('crowd-time-line', CrowdTimeLine);
