import {LitElement} from 'lit';

/** A part of the page, in the page's own document: one sheet of styles is for all of it. */
export class View extends LitElement {
  static properties = {
    cluster: {attribute: false},
    /** Another value each time that the cluster has changed. */
    tick: {attribute: false},
    problem: {state: true},
  };

  createRenderRoot() {
    return this;
  }

  /** Does something that may be refused, and shows why. */
  async attempt(work) {
    this.problem = null;
    try {
      return await work();
    } catch (e) {
      this.problem = e;
      return undefined;
    }
  }
}
