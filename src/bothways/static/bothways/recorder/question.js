/** <bw-question>: a candidate answers one question. */

import { openJournal } from "./parts.js";
import { QuestionPage } from "./question-page.js";

customElements.define(
  "bw-question",
  class extends HTMLElement {
    connectedCallback() {
      new QuestionPage(this, openJournal());
    }
  },
);
