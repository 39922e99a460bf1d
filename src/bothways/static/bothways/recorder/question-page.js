/** One question, answered: the recorder with a journal on the device and the server behind it. */

import { keepNotes } from "./notes.js";
import { RecorderPage } from "./page.js";
import { kindOf } from "./recorder.js";
import { newEntry, placeOf, resume } from "./resume.js";
import { Refusal, Server, persist } from "./server.js";
import { Take, alone } from "./take.js";

/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").State} State */

const LOOK_MS = 700;

export class QuestionPage extends RecorderPage {
  /**
   * @param {HTMLElement} element
   * @param {import("./parts.js").Journal} journal
   */
  constructor(element, journal) {
    super(element);
    this.#journal = journal;
    this.#server = new Server(this.config);
    this.#notes = keepNotes(this.scope, placeOf(this.config));
    this.#watchReplay();
    this.#watchMeasuring(this.recorder.state);
    const makeTake = (/** @type {Entry} */ entry, /** @type {boolean} */ is_shown) => this.#makeTake(entry, is_shown);
    void resume({ recorder: this.recorder, journal, server: this.#server, makeTake });
  }

  #journal;
  #server;
  #notes;
  /** Changes of settings reach the server in the order in which they were made. */
  #saving = Promise.resolve();

  /**
   * @override
   * @param {import("./recorder.js").Recorder} recorder
   */
  makeSink(recorder) {
    const entry = newEntry(this.config, kindOf(recorder.state));
    const take = this.#makeTake(entry, true);
    void alone(entry.key, () => take.over);
    return take;
  }

  /**
   * @param {Entry} entry
   * @param {boolean} is_shown
   */
  #makeTake(entry, is_shown) {
    const { recorder } = this;
    return new Take({
      config: this.config,
      entry,
      journal: this.#journal,
      server: this.#server,
      is_shown,
      told: {
        onSafe: (safe_ms) => recorder.send({ type: "safe", safe_ms }),
        onLine: (up) => recorder.send({ type: "line", up }),
        onSent: (bytes, ms) => recorder.sent(bytes, ms),
        onSpilled: () => recorder.spilled(),
        onCounted: (takes_left) => recorder.send({ type: "counted", takes_left }),
        onWords: (words) => recorder.send({ type: "told", words }),
        onRefused: (refusal) => recorder.refuse(refusal),
      },
    });
  }

  /**
   * @override
   * @param {Partial<import("./types.js").Settings>} changes
   */
  saveSettings(changes) {
    const { settings_url } = this.config;
    if (!settings_url) return super.saveSettings(changes);
    this.#saving = this.#saving
      .then(() => persist(() => this.#server.ask(settings_url, changes)))
      .then(({ answer_limit_s }) => void ("answer_time" in changes && this.recorder.limit(answer_limit_s)))
      // Refused: it holds on this page all the same.
      .catch(() => {});
  }

  /**
   * @override
   * @param {import("./types.js").State} state
   * @param {import("./types.js").State} before
   */
  draw(state, before) {
    super.draw(state, before);
    // The first time is before there is anything of this class.
    if (state !== before) this.#watchMeasuring(state);
    const { think_url } = this.config;
    if (state.phase !== "thinking" || before.phase === "thinking" || !think_url) return;
    // Only advice, for when the page is opened again: whether it arrives changes nothing here.
    void this.#server.ask(think_url, {}).catch(() => {});
  }

  /** @override */
  async keep() {
    const { recorder, config } = this;
    const selected = recorder.state.takes.find((take) => take.take === recorder.state.selected);
    recorder.send({ type: "leave" });
    if (!selected || recorder.state.phase !== "leaving") return;
    const told = { onLine: (/** @type {boolean} */ up) => recorder.send({ type: "line", up }) };
    try {
      await persist(() => this.#server.ask(`${config.takes_url}/${selected.take}/choose`, {}), told);
    } catch (error) {
      if (error instanceof Refusal) return recorder.refuse(error);
      throw error;
    }
    this.#notes.forget();
    if (config.next_url) return location.assign(config.next_url);
    recorder.send({ type: "kept" });
    this.element.dispatchEvent(new CustomEvent("bw:kept", { bubbles: true, detail: { ...selected, chosen: true } }));
  }

  /** The take that is asked about just now. @type {string | null} */
  #measuring = null;

  /**
   * What a take sounds and looks like is known a moment after it can be played.
   *
   * @param {State} state
   */
  #watchMeasuring({ takes }) {
    const waiting = takes.find(({ measuring }) => measuring);
    if (!waiting || this.#measuring) return;
    this.#measuring = waiting.take;
    setTimeout(() => void this.#look(waiting.take).catch(() => {}), LOOK_MS);
  }

  /** @param {string} name */
  async #look(name) {
    /** @type {import("./types.js").TakeState} */
    const take = await persist(() => this.#server.ask(`${this.config.takes_url}/${name}`));
    this.#measuring = null;
    if (take.takes_left !== undefined) this.recorder.send({ type: "counted", takes_left: take.takes_left });
    this.recorder.send({ type: "measured", take });
  }

  /** The address of a replay lives for minutes only; a person may look later. */
  #watchReplay() {
    const video = this.scope.querySelector("bw-clip[data-replay] video");
    let renewed = "";
    video?.addEventListener("error", async () => {
      const { selected } = this.recorder.state;
      if (!selected || renewed === selected) return;
      renewed = selected;
      /** @type {import("./types.js").TakeState} */
      const take = await persist(() => this.#server.ask(`${this.config.takes_url}/${selected}`));
      this.recorder.send({ type: "renewed", take });
    });
  }
}
