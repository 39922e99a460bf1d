/** What the pages with a recorder have in common: reading the page, drawing the state, passing on the presses. */

import "../elements/clip.js";
import "../elements/level-meter.js";
import { copyAddress } from "./browser.js";
import { Recorder } from "./recorder.js";
import { announcement, isPictureShown, sightOf } from "./sight.js";
import { writePrefs } from "./prefs.js";
import { readConfig, readStrings } from "./strings.js";
import { drawTakes } from "./takes.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").Config} Config */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Settings} Settings */
/** @typedef {import("../elements/clip.js").Clip} Clip */
/** @typedef {import("../elements/level-meter.js").LevelMeter} LevelMeter */

export class RecorderPage {
  /**
   * @param {HTMLElement} element  with the attribute `whole-page` the page's header and dock belong to it, too
   */
  constructor(element) {
    this.element = element;
    this.scope = element.hasAttribute("whole-page") ? document.body : element;
    /** @type {Config} */
    this.config = readConfig(element);
    this.words = readStrings(element);
    this.#view = new View(this.scope);
    this.#wishes = /** @type {HTMLInputElement[]} */ ([...this.scope.querySelectorAll("input[data-set]")]);
    this.recorder = new Recorder(
      this.config,
      (recorder) => this.makeSink(recorder),
      (state, before) => this.draw(state, before),
      (level) => this.scope.querySelectorAll("bw-level-meter").forEach((node) => (/** @type {LevelMeter} */ (node).level = level)),
    );
    this.scope.addEventListener("click", (event) => this.#pressed(event));
    this.scope.addEventListener("change", (event) => this.#picked(event));
    this.scope.addEventListener("keydown", ignoreHeldKey);
    window.addEventListener("beforeunload", (event) => {
      if (this.wouldLose(this.recorder.state)) event.preventDefault();
    });
    this.draw(this.recorder.state, this.recorder.state);
  }

  #view;
  #wishes;

  /**
   * @param {Recorder} _recorder
   * @returns {import("./types.js").Sink}
   */
  makeSink(_recorder) {
    throw new Error("a page says where its recordings go");
  }

  /** What the person does with a recording they like. */
  async keep() {}

  /**
   * @param {State} state
   * @returns {boolean} whether leaving now would lose something
   */
  wouldLose({ phase, held_by, kept_in_memory }) {
    if (["recording", "paused", "stopping"].includes(phase)) return true;
    return kept_in_memory && (phase === "saving" || held_by !== null);
  }

  /**
   * Remembers what the person has set.
   *
   * @param {Partial<Settings>} changes
   */
  saveSettings(changes) {
    writePrefs(changes);
  }

  /** @param {Partial<Settings>} changes */
  set(changes) {
    this.recorder.send({ type: "set", changes });
    this.saveSettings(changes);
  }

  /**
   * @param {State} state
   * @param {State} before
   */
  draw(state, before) {
    this.#view.draw(sightOf(state, this.config, this.recorder.limits, this.words));
    drawTakes(this.scope, state, this.words);
    for (const input of this.#wishes) input.checked = state[/** @type {keyof Settings} */ (input.dataset.set)] === input.value;
    this.#drawPicture(state);
    if (state.phase !== before.phase) this.#restClips();
    const said = announcement(state, before, this.words);
    if (said) this.say(said);
  }

  /** @param {string} sentence  heard by those who listen to the page */
  say(sentence) {
    const place = this.scope.querySelector("[data-say]");
    if (place) place.textContent = sentence;
  }

  /** @param {string} act */
  act(act) {
    const { recorder } = this;
    const { mode, timer } = recorder.state;
    switch (act) {
      case "prepare":
        return void recorder.prepare();
      case "afresh":
        return void recorder.prepare({ afresh: true });
      case "voice":
        this.set({ mode: "audio" });
        return void recorder.prepare();
      case "kind":
        return this.set({ mode: mode === "audio" ? "video" : "audio" });
      case "start":
        return recorder.start();
      case "pause":
        return recorder.pause();
      case "resume":
        return recorder.resume();
      case "stop":
        // The second half of a double click on "I am ready" lands here.
        if (recorder.elapsed_ms >= DOUBLE_CLICK_MS) void recorder.stop();
        return;
      case "finish":
        return void recorder.finish();
      case "back":
        return recorder.back();
      case "picture":
        return this.set({ picture: isPictureShown(recorder.state) ? "off" : "on" });
      case "digits":
        return this.set({ timer: timer === "digits" ? "bar" : "digits" });
      case "hear":
        return void this.#clip("data-prompt")?.play();
      case "copy":
        copyAddress();
        return this.say(this.words("copied"));
      case "reload":
        return location.reload();
      case "keep":
        return void this.keep();
    }
  }

  /** @param {Event} event */
  #pressed({ target }) {
    const button = target instanceof Element && target.closest("[data-act]");
    if (button instanceof HTMLElement) this.act(button.dataset.act ?? "");
  }

  /** @param {Event} event */
  #picked({ target }) {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === "take") return this.recorder.send({ type: "select", take: target.value });
    if (target.dataset.set) this.set({ [target.dataset.set]: target.value });
  }

  /** @param {State} state */
  #drawPicture(state) {
    const video = this.scope.querySelector("video[data-self]");
    if (!(video instanceof HTMLVideoElement)) return;
    const wanted = isPictureShown(state) ? this.recorder.stream : null;
    if (video.srcObject === wanted) return;
    video.srcObject = wanted;
    if (wanted) void video.play().catch(() => {});
  }

  /** Nothing may sound into a recording. */
  #restClips() {
    this.scope.querySelectorAll("bw-clip").forEach((clip) => /** @type {Clip} */ (clip).rest());
  }

  /** @param {string} which */
  #clip(which) {
    return /** @type {Clip | null} */ (this.scope.querySelector(`bw-clip[${which}]`));
  }
}

const DOUBLE_CLICK_MS = 600;

/**
 * A key that is held down presses a button once, not "I am ready" and then "Stop".
 *
 * @param {KeyboardEvent} event
 */
function ignoreHeldKey(event) {
  const on_button = event.target instanceof Element && event.target.closest("[data-act]");
  if (event.repeat && on_button) event.preventDefault();
}
