/** The worst first: who looks is to see what failed. */
export const STATES = [
  'failed', 'running', 'delayed', 'cancelled', 'queued', 'throttled', 'waiting', 'succeeded',
];
const RANKS = new Map(STATES.map((state, rank) => [state, rank]));

/** The states of a job's work units, in the order of their ids. */
export class UnitStates {
  /** @param {Array} ranges of neighbouring ids in one state: first, last, state */
  constructor(ranges) {
    const total = ranges.reduce((sum, range) => sum + range.last - range.first + 1, 0);
    this.ids = new Float64Array(total);

    /** Of each, the place of its state in STATES. */
    this.ranks = new Uint8Array(total);
    let at = 0;
    for (const {first, last, state} of ranges) {
      for (let id = first; id <= last; id++, at++) {
        this.ids[at] = id;
        this.ranks[at] = RANKS.get(state);
      }
    }
  }

  get size() {
    return this.ids.length;
  }

  /** Takes up changes; says whether all their units were known. */
  hear(changes) {
    let isKnown = true;
    for (const {id, state} of changes) {
      const at = this.#find(id);
      if (this.ids[at] === id) {
        this.ranks[at] = RANKS.get(state);
      } else {
        isKnown = false;
      }
    }
    return isKnown;
  }

  #find(id) {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ids[middle] < id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many are in each state, the worst first; those that none is in are left out. */
  counts() {
    const counts = new Array(STATES.length).fill(0);
    this.ranks.forEach((rank) => counts[rank]++);
    return STATES.map((state, rank) => [state, counts[rank]]).filter(([, many]) => many > 0);
  }
}
