/** <bw-practice>: the same recorder, as often as one likes. Nothing is sent and nothing is kept. */

import { RecorderPage } from "./page.js";
import { Scratch } from "./scratch.js";

class PracticePage extends RecorderPage {
  /** @override */
  makeSink() {
    return new Scratch();
  }

  /** @override */
  wouldLose() {
    return false;
  }
}

customElements.define(
  "bw-practice",
  class extends HTMLElement {
    connectedCallback() {
      new PracticePage(this);
    }
  },
);
