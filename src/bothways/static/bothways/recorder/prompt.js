/**
 * <bw-prompt-recorder>: a recruiter records the question in the kit page, with the same recorder that candidates use.
 *
 * Several may stand on one page: the attributes `config` and `strings` name each one's blocks. When a take is kept it fires
 * `bw:kept` with the take's state.
 */

import { openJournal } from "./parts.js";
import { QuestionPage } from "./question-page.js";

customElements.define(
  "bw-prompt-recorder",
  class extends HTMLElement {
    connectedCallback() {
      new QuestionPage(this, openJournal());
    }
  },
);
