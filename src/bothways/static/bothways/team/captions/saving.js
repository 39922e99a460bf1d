/** Captions on their way to the server: saved at each change, kept on this device until then, and what is said about it. */

import { Autosave } from "../../elements/autosave.js";
import { withId } from "./model.js";

/** @typedef {import("./model.js").Cue} Cue */
/** @typedef {import("../../recorder/strings.js").Words} Words */
/** @typedef {import("../../elements/autosave.js").State} State */
/** @typedef {import("../../elements/autosave.js").Draft} Draft */
/**
 * @typedef {object} Config
 * @property {string} save_url
 * @property {string} csrf_token
 * @property {string} draft  where what is not saved lies in localStorage
 * @property {number} revision
 */

/** @type {Record<State, string>} */
const SIGNS = { saved: "done", saving: "half", unsaved: "late", stopped: "late", overtaken: "late" };

export class Saving {
  /**
   * @param {HTMLElement} page  holds the parts "status", "choice" and "say"
   * @param {Config} config
   * @param {Words} words
   * @param {(theirs: Cue[]) => void} onTheirs
   */
  constructor(page, config, words, onTheirs) {
    this.page = page;
    this.words = words;
    this.autosave = new Autosave({
      url: config.save_url,
      csrf_token: config.csrf_token,
      key: config.draft,
      revision: config.revision,
      onState: (state, said, current) => this.#show(state, said, current),
    });
    this.#part("mine").addEventListener("click", () => this.#decide(true));
    this.#part("theirs").addEventListener("click", () => {
      onTheirs(this.#theirs);
      this.#decide(false);
    });
  }

  /** @type {State} */
  #state = "saved";
  /** @type {Cue[]} */
  #theirs = [];

  /** What an earlier page could not bring up, to be sent from now on. */
  kept() {
    const kept = this.autosave.kept();
    const cues = cuesOf(kept?.draft);
    if (kept && cues) this.autosave.revision = kept.revision;
    return cues;
  }

  /** @param {Cue[]} cues */
  change(cues) {
    this.autosave.change({ cues: cues.map(({ start_ms, end_ms, text }) => ({ start_ms, end_ms, text })) });
  }

  flush() {
    return this.autosave.flush();
  }

  /**
   * Nothing leaves this page before the server has all of it.
   *
   * @param {Event} event
   * @param {() => void} again
   */
  async leave(event, again) {
    const { autosave } = this;
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (this.page.querySelectorAll("input[name=revision]"))) {
      field.value = String(autosave.revision);
    }
    if (autosave.isSaved) return;
    event.preventDefault();
    if (await autosave.flush()) return again();
    this.#part("say").textContent = this.#part("status").textContent;
  }

  /** @param {boolean} mine */
  #decide(mine) {
    this.#part("choice").hidden = true;
    void this.autosave.decide(mine);
    /** @type {HTMLElement | null} */ (this.page.querySelector("[data-cue] textarea"))?.focus();
  }

  /**
   * @param {State} state
   * @param {string} said
   * @param {Draft | null} current
   */
  #show(state, said, current) {
    const status = this.#part("status");
    status.hidden = false;
    this.page.querySelector("#captions-said")?.replaceChildren();
    status.dataset["is"] = SIGNS[state];
    status.textContent = said || this.words(state);
    // Seen at each change, said aloud only when something is wrong and when it is right again.
    const wasTrouble = SIGNS[this.#state] === "late";
    const isNews = SIGNS[state] === "late" ? state !== this.#state : wasTrouble && state === "saved";
    if (isNews) this.#part("say").textContent = status.textContent;
    if (state !== "saving") this.#state = state;
    this.#part("choice").hidden = state !== "overtaken";
    this.#theirs = cuesOf(current) ?? [];
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.page.querySelector(`[data-part=${name}]`));
  }
}

/** @param {Draft | null | undefined} draft */
function cuesOf(draft) {
  const rows = draft?.["cues"];
  return Array.isArray(rows) ? rows.map(withId) : null;
}
