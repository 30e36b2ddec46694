import {html, nothing} from 'lit';
import {count, duration} from '../format.js';

/** States and statuses have a sign beside their colour, for who sees no colours. */
const SIGNS = {
  waiting: '◷',
  throttled: '◷',
  delayed: '◷',
  queued: '○',
  splitting: '◔',
  processing: '◑',
  running: '◑',
  merging: '◕',
  succeeded: '✓',
  failed: '✕',
  cancelled: '−',
};

export const badge = (status) => html`
  <span class="badge s-${status}"><span aria-hidden="true">${SIGNS[status] ?? '•'}</span> ${status}</span>`;

/** The status of a job, or that its work units wait for the first node. */
export const jobBadge = ({status, begun}) =>
  badge(begun === false && (status === 'splitting' || status === 'processing') ? 'queued' : status);

export const problemNote = (problem) =>
  problem ? html`<p class="problem" role="alert">${problem.message}</p>` : nothing;

export const progress = (job) => html`
  <progress max="100" value=${job.percent_complete} aria-label="Job ${job.id}: ${job.percent_complete} percent"></progress>
  <span class="percent">${job.percent_complete} %</span>`;

export const jobLink = (job) => html`<a href="#/jobs/${job.id}">${job.id}</a>`;

export const unitLink = (id) => html`<a href="#/units/${id}">${id}</a>`;

export const labels = (job) =>
  Object.entries(job.labels ?? {}).map(
    ([name, value]) => html`<a class="label" href="#/jobs?label=${encodeURIComponent(`${name}:${value}`)}">${name}:${value}</a> `);

/** A table of jobs; choose is called with an id and whether it is chosen, where jobs can be. */
export function jobTable(jobs, {chosen = null, choose = null} = {}) {
  return html`
    <div class="wide">
      <table class="jobs">
        <thead>
          <tr>
            ${choose ? html`<th><span class="unseen">Chosen</span></th>` : nothing}
            <th>Job</th><th>Action</th><th>Status</th><th>Progress</th><th class="number">Work units</th>
            <th class="number">Time</th><th>Labels</th>
          </tr>
        </thead>
        <tbody>
          ${jobs.map((job) => html`
            <tr>
              ${choose
                ? html`<td><input type="checkbox" aria-label="Job ${job.id}" .checked=${chosen.has(job.id)}
                    @change=${(event) => choose(job.id, event.target.checked)}></td>`
                : nothing}
              <td>${jobLink(job)}</td>
              <td>${job.action}</td>
              <td>${jobBadge(job)}${job.message ? html`<br><small>${job.message}</small>` : nothing}</td>
              <td class="nowrap">${progress(job)}</td>
              <td class="number">${count(job.work_units)}</td>
              <td class="number nowrap">${duration(job.time_taken)}</td>
              <td>${labels(job)}</td>
            </tr>`)}
        </tbody>
      </table>
    </div>`;
}
