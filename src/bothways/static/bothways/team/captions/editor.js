/**
 * <bw-captions config="…">: captions written beside their recording.
 *
 * The form works alone, too. This keeps the captions as a list (model.js), draws it as rows and as a timeline, lets one go
 * back (history.js), shows over the picture what is written, and saves at each change: on this device at once, on the server
 * half a second later.
 */

import { isWriting } from "../../player/keys.js";
import { readConfig, readStrings } from "../../recorder/strings.js";
import { concernsOf } from "./concerns.js";
import { History } from "./history.js";
import { commandOf } from "./keys.js";
import { changed, inserted, joined, moved, ordered, removed, set, split, withId } from "./model.js";
import { Picture, PICTURE_MS } from "./picture.js";
import { Rows } from "./rows.js";
import { Saving } from "./saving.js";
import { watchForSpeech } from "./speech.js";
import { read, written } from "./times.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("./model.js").Cue} Cue */
/** @typedef {import("./keys.js").Command} Command */
/**
 * @typedef {object} OwnConfig
 * @property {number} duration_ms
 * @property {string | null} peaks_url
 * @property {string} language
 * @property {number} most_cues
 * @property {import("./concerns.js").Limits} limits
 */
/** @typedef {OwnConfig & import("./saving.js").Config} Config */

const [NUDGE_MS, MUCH_MS, SECOND_MS] = [100, 1000, 1000];

class Captions extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form[data-captions]");
    const video = this.querySelector("video");
    if (!(this.form instanceof HTMLFormElement) || !video) return;
    this.config = /** @type {Config} */ (readConfig(this));
    this.words = readStrings(document);
    const pattern = /** @type {HTMLTemplateElement} */ (this.#part("pattern"));
    this.rows = new Rows(this.#part("cues"), pattern, this.words);
    const cues = this.rows.read().map(withId);
    this.history = new History(cues);
    this.picture = new Picture(video, this.config.language, () => this.#showNow());
    for (const part of this.querySelectorAll("[data-needs-script]")) part.removeAttribute("hidden");
    for (const part of this.querySelectorAll("[data-without-script]")) part.setAttribute("hidden", "");
    this.timeline = new Timeline(this.#part("scroll"), this.config.duration_ms, this.words, {
      onSeek: (ms) => this.picture?.seek(ms),
      onPick: (id) => this.#pick(id),
      onDrag: (after, isDone) => this.#dragged(after, isDone),
    });
    this.saving = new Saving(this, this.config, this.words, (theirs) => this.#takeTheirs(theirs));
    this.rows.adopt(cues);
    // What an earlier page could not bring to the server.
    const unsaved = this.saving.kept();
    if (unsaved) this.#keep(unsaved);
    this.#draw();
    this.#listen();
    void this.#loadPeaks();
    watchForSpeech(this.#part("speech"));
  }

  /** @type {number | null} */
  #current = null;
  /** The list while something is being dragged. @type {Cue[] | null} */
  #dragging = null;
  /** Where the caret stood before a button was pressed. @type {HTMLTextAreaElement | null} */
  #lastWords = null;

  get #cues() {
    return this.#dragging ?? this.history?.cues ?? [];
  }

  get #cue() {
    return this.#cues.find((cue) => cue.id === this.#current) ?? null;
  }

  #listen() {
    this.form?.addEventListener("input", ({ target }) => this.#written(target));
    this.form?.addEventListener("change", () => this.#settle());
    this.form?.addEventListener("focusin", ({ target }) => this.#pick(this.rows?.idAt(target) ?? this.#current));
    this.form?.addEventListener("focusout", ({ target }) => {
      this.history?.close();
      this.#lastWords = target instanceof HTMLTextAreaElement ? target : null;
    });
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("submit", (event) => void this.#submitted(event));
    addEventListener("keydown", (event) => this.#typed(event));
  }

  /**
   * A new list, kept so that one can go back, drawn and saved.
   *
   * @param {Cue[]} cues
   * @param {string} [step]  see History
   * @returns {boolean}  whether anything is new
   */
  #keep(cues, step = "") {
    if (!this.history || cues === this.history.cues) return false;
    if (cues.length > (this.config?.most_cues ?? 0)) {
      this.#say("too_many");
      return false;
    }
    this.history.keep(cues, step);
    this.#changed();
    return true;
  }

  #changed() {
    this.#draw();
    this.#showUnread();
    this.saving?.change(this.#cues);
  }

  #draw() {
    const { rows, timeline, config, words } = this;
    if (!rows || !timeline || !config || !words) return;
    const cues = this.#cues;
    rows.draw(cues);
    const concerned = new Set();
    cues.forEach((cue, place) => {
      const concerns = concernsOf(cues, place, config.limits, words);
      rows.showConcerns(cue.id, concerns);
      if (concerns.length) concerned.add(cue.id);
    });
    this.#part("concerned").textContent = words("concerned", { n: concerned.size });
    this.#part("concerned").hidden = cues.length === 0;
    this.#part("none").hidden = cues.length > 0;
    for (const [act, can] of [["undo", this.history?.canUndo], ["redo", this.history?.canRedo]]) {
      this.querySelector(`[data-act=${act}]`)?.setAttribute("aria-disabled", String(!can));
    }
    timeline.draw(cues, this.#current, concerned);
    this.picture?.show(cues);
    this.#showNow();
  }

  /** @param {number | null} id */
  #pick(id) {
    if (id === this.#current) return;
    this.#current = id;
    this.history?.close();
    for (const [own, row] of this.rows?.byId ?? []) row.toggleAttribute("data-current", own === id);
    this.#draw();
  }

  #showNow() {
    const { picture } = this;
    if (!picture) return;
    this.timeline?.showNow(picture.now_ms);
    if (!picture.video.paused) this.timeline?.follow();
    this.rows?.showNow(picture.now_ms, this.#cues);
    this.#part("clock").textContent = `${written(picture.now_ms)} / ${written(this.config?.duration_ms ?? 0)}`;
  }

  /** @param {EventTarget | null} target  a field that somebody writes in */
  #written(target) {
    const id = this.rows?.idAt(target);
    if (id === null || id === undefined) return;
    if (target instanceof HTMLTextAreaElement) this.#keep(changed(this.#cues, id, { text: target.value }), `words ${id}`);
    else if (target instanceof HTMLInputElement) this.#writtenTime(target, id);
  }

  /**
   * @param {HTMLInputElement} time
   * @param {number} id
   */
  #writtenTime(time, id) {
    const cue = this.#cues.find((one) => one.id === id);
    const name = time.name === "start" ? "start_ms" : "end_ms";
    const ms = read(time.value);
    if (!cue || !this.config || !this.words) return;
    const next = { ...cue, [name]: ms ?? cue[name] };
    const fault = ms === null ? "wrong_time" : next.start_ms >= next.end_ms ? "wrong_order" : next.end_ms > this.config.duration_ms ? "wrong_end" : "";
    this.rows?.showFault(time, fault && this.words(fault));
    if (!fault) this.#keep(changed(this.#cues, id, { [name]: next[name] }), `${name} ${id}`);
  }

  /** After somebody has written a time, the list is in order of time again. */
  #settle() {
    if (!this.#keep(ordered(this.#cues), "order")) this.#draw();
  }

  /**
   * @param {Cue[]} cues
   * @param {boolean} isDone
   */
  #dragged(cues, isDone) {
    this.#dragging = isDone ? null : cues;
    if (!isDone || !this.#keep(cues)) this.#draw();
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const button = target.closest("button");
    const act = button?.dataset["act"];
    const link = target.closest("a[data-flush]");
    if (link instanceof HTMLAnchorElement) return void this.saving?.leave(event, () => link.click());
    if (!button || !act) return;
    event.preventDefault();
    const id = this.rows?.idAt(button);
    const isInRow = typeof id === "number";
    if (isInRow) this.#pick(id);
    const caret = this.#lastWords && isInRow && this.rows?.wordsOf(id) === this.#lastWords ? this.#lastWords.selectionStart : null;
    this.#run(/** @type {Command} */ (act), caret);
  }

  /** @param {KeyboardEvent} event */
  #typed(event) {
    const { target } = event;
    const isOwn = target instanceof Node && this.contains(target);
    const id = this.rows?.idAt(target) ?? null;
    if (event.defaultPrevented || this.querySelector("dialog[open]") || (!isOwn && target !== document.body)) return;
    if (isWriting(target) && id === null) return;
    const isWords = target instanceof HTMLTextAreaElement;
    const where = this.timeline?.held ? "timeline" : isWords ? "words" : target instanceof HTMLInputElement ? "time" : "elsewhere";
    const command = commandOf(event, where);
    if (!command) return;
    event.preventDefault();
    if (where === "time" && /less|more/.test(command)) return this.#nudgeTime(/** @type {HTMLInputElement} */ (target), command);
    this.#run(command, isWords ? target.selectionStart : null);
  }

  /**
   * @param {Command} command
   * @param {number | null} caret  where the cursor stands in the words of the current caption
   */
  #run(command, caret) {
    const { picture, timeline } = this;
    if (!picture || !timeline) return;
    const cue = this.#cue;
    /** @type {Partial<Record<Command, () => void>>} */
    const commands = {
      toggle: () => picture.toggle(),
      play: () => cue && picture.play(cue),
      back: () => picture.seek(picture.now_ms - SECOND_MS),
      forward: () => picture.seek(picture.now_ms + SECOND_MS),
      picture_back: () => picture.seek(picture.now_ms - PICTURE_MS),
      picture_on: () => picture.seek(picture.now_ms + PICTURE_MS),
      previous: () => this.#go(-1),
      next: () => this.#go(1),
      start: () => this.#set("start"),
      end: () => this.#set("end"),
      split: () => cue && this.#split(cue, caret),
      join: () => cue && this.#join(cue),
      insert: () => this.#insert(),
      remove: () => cue && this.#remove(cue),
      undo: () => this.#travel(this.history?.undo() ?? false, "did_undo"),
      redo: () => this.#travel(this.history?.redo() ?? false, "did_redo"),
      to_timeline: () => cue && timeline.focus(cue.id),
      to_words: () => cue && this.#toWords(cue.id),
      closer: () => timeline.zoom("closer"),
      farther: () => timeline.zoom("farther"),
      fit: () => timeline.zoom("fit"),
      help: () => /** @type {HTMLDialogElement} */ (this.#part("keys")).showModal(),
      less: () => this.#nudge(-NUDGE_MS),
      more: () => this.#nudge(NUDGE_MS),
      much_less: () => this.#nudge(-MUCH_MS),
      much_more: () => this.#nudge(MUCH_MS),
    };
    commands[command]?.();
  }

  /** To the caption before or after: in the timeline if one is there, else to its words. @param {number} step */
  #go(step) {
    const cues = this.#cues;
    const place = cues.findIndex((cue) => cue.id === this.#current);
    const cue = place < 0 ? this.#nearest() : cues[place + step];
    if (!cue) return;
    const { timeline } = this;
    if (timeline?.held) {
      this.#pick(cue.id);
      timeline.focus(cue.id, timeline.held?.part ?? "whole");
    } else this.#toWords(cue.id);
  }

  /** The caption that is shown now, else the first after it. */
  #nearest() {
    const now = this.picture?.now_ms ?? 0;
    return this.#cues.find((cue) => now < cue.end_ms) ?? this.#cues.at(-1);
  }

  /** @param {number} id */
  #toWords(id) {
    const words = this.rows?.wordsOf(id);
    words?.focus();
    words?.scrollIntoView({ block: "nearest" });
  }

  /** @param {"start" | "end"} part */
  #set(part) {
    if (!this.#cue || !this.picture || !this.config) return;
    this.#keep(set(this.#cues, this.#cue.id, part, this.picture.now_ms, this.config.duration_ms));
  }

  /**
   * @param {Cue} cue
   * @param {number | null} caret
   */
  #split(cue, caret) {
    const isInTimeline = this.timeline?.held;
    const done = this.#keep(split(this.#cues, cue.id, { caret, at_ms: this.picture?.now_ms ?? 0 }));
    this.#say(done ? "did_split" : "no_split");
    if (done && !isInTimeline) this.#toWords(cue.id);
  }

  /** @param {Cue} cue */
  #join(cue) {
    const isInTimeline = this.timeline?.held;
    const done = this.#keep(joined(this.#cues, cue.id, this.config?.limits.line ?? 0));
    this.#say(done ? "did_join" : "no_join");
    if (done && !isInTimeline) this.#toWords(cue.id);
  }

  #insert() {
    const before = this.#cues;
    const done = this.#keep(inserted(before, this.picture?.now_ms ?? 0, this.config?.duration_ms ?? 0));
    const added = this.#cues.find((cue) => !before.some((old) => old.id === cue.id));
    if (!done || !added) return this.#say("no_room");
    this.#pick(added.id);
    this.#say("did_insert");
    this.#toWords(added.id);
  }

  /** @param {Cue} cue */
  #remove(cue) {
    const isInTimeline = this.timeline?.held;
    const place = this.#cues.indexOf(cue);
    this.#say("did_remove");
    this.#keep(removed(this.#cues, cue.id));
    const next = this.#cues[Math.min(place, this.#cues.length - 1)];
    this.#pick(next?.id ?? null);
    if (!next) return void /** @type {HTMLElement | null} */ (this.querySelector("[data-act=insert]"))?.focus();
    if (isInTimeline) this.timeline?.focus(next.id);
    else this.#toWords(next.id);
  }

  /**
   * @param {boolean} isDone
   * @param {string} words
   */
  #travel(isDone, words) {
    if (!isDone) return this.#say("no_undo");
    const held = this.timeline?.held;
    const inRow = this.rows?.idAt(document.activeElement) ?? null;
    for (let wrong = this.rows?.wrong; wrong; wrong = this.rows?.wrong) this.rows?.showFault(wrong, "");
    this.#changed();
    this.#say(words);
    const isGone = this.#current !== null && !this.#cue;
    if (!isGone) return;
    // What had the focus is gone with what was undone.
    const near = this.#nearest();
    this.#pick(near?.id ?? null);
    if (near && held) this.timeline?.focus(near.id);
    else if (near && inRow !== null) this.#toWords(near.id);
  }

  /** What has the focus in the timeline goes on, or back. @param {number} by_ms */
  #nudge(by_ms) {
    const held = this.timeline?.held;
    if (!held || !this.picture || !this.config) return;
    const cue = this.#cues.find((one) => one.id === held.id);
    if (!cue || !held.part) return this.picture.seek(Math.min(this.picture.now_ms + by_ms, this.config.duration_ms));
    const from = held.part === "end" ? cue.end_ms : cue.start_ms;
    this.#keep(moved(this.#cues, cue.id, held.part, from + by_ms, this.config.duration_ms), `nudge ${held.part} ${cue.id}`);
  }

  /**
   * @param {HTMLInputElement} time
   * @param {Command} command
   */
  #nudgeTime(time, command) {
    const now = read(time.value);
    if (now === null) return;
    const by = command.startsWith("much") ? MUCH_MS : NUDGE_MS;
    time.value = written(now + (command.endsWith("less") ? -by : by));
    time.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form === this.form) return this.#submittedCaptions(event, form);
    if (form.hasAttribute("data-flush")) await this.saving?.leave(event, () => form.requestSubmit());
  }

  /**
   * @param {SubmitEvent} event
   * @param {HTMLFormElement} form
   */
  async #submittedCaptions(event, form) {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    const wrong = this.rows?.wrong;
    if (button?.value === "reviewed" && !wrong) return this.saving?.leave(event, () => form.requestSubmit(button));
    event.preventDefault();
    if (button?.value === "reviewed") wrong?.focus();
    else await this.saving?.flush();
  }

  /** @param {Cue[]} theirs  what somebody else has written, and this person has chosen */
  #takeTheirs(theirs) {
    this.history?.keep(theirs);
    this.#current = null;
    this.#draw();
  }

  #showUnread() {
    for (const name of ["read", "begun"]) this.querySelector(`[data-part=${name}]`)?.setAttribute("hidden", "");
    this.#part("unread").hidden = false;
  }

  /** @param {string} key */
  #say(key) {
    const n = this.#cues.findIndex((cue) => cue.id === this.#current) + 1;
    this.#part("say").textContent = this.words?.(key, { n }) ?? "";
  }

  async #loadPeaks() {
    if (!this.config?.peaks_url) return;
    try {
      const answer = await fetch(this.config.peaks_url);
      if (answer.ok) this.timeline?.showPeaks((await answer.json()).peaks);
    } catch {
      // Without the waveform the timeline works all the same.
    }
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part=${name}]`));
  }
}

customElements.define("bw-captions", Captions);
