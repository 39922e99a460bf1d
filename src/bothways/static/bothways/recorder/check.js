/** <bw-device-check>: see oneself, hear oneself, choose devices, and get help when it does not work. No picture or sound is sent. */

import "../elements/clip.js";
import "../elements/level-meter.js";
import { browserName, copyAddress } from "./browser.js";
import { Capture } from "./capture.js";
import { stepCheck } from "./check-state.js";
import { closeDevices, isAllowedAlready, listDevices, openDevices, watchPermission, watchTracks } from "./devices.js";
import { fillDevices } from "./device-lists.js";
import { Level } from "./level.js";
import { readPrefs, writePrefs } from "./prefs.js";
import { BEST, stepFor, stepOf } from "./quality.js";
import { Scratch } from "./scratch.js";
import { Server, persist } from "./server.js";
import { settingsOf } from "./settings.js";
import { readConfig, readStrings } from "./strings.js";
import { measureUplink } from "./uplink.js";
import { View } from "./view.js";

/** @typedef {import("./check-state.js").CheckState} CheckState */
/**
 * @typedef {object} CheckConfig
 * @property {string} csrf_token
 * @property {string} [uplink_url]
 * @property {string} [settings_url]
 * @property {Partial<import("./types.js").Settings>} [settings]
 */
/** @typedef {import("./types.js").Kind} Kind */
/** @typedef {import("../elements/clip.js").Clip} Clip */
/** @typedef {import("../elements/level-meter.js").LevelMeter} LevelMeter */

const TRY_MS = 3000;

class CheckPage {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.#scope = element.hasAttribute("whole-page") ? document.body : element;
    this.#words = readStrings(element);
    /** @type {CheckConfig} */
    this.#config = readConfig(element);
    this.#view = new View(this.#scope);
    const { clean_sound } = readPrefs();
    const { mode, picture } = settingsOf(this.#config);
    this.#mode = mode;
    this.#state = {
      phase: "asking",
      kind: mode === "audio" ? "audio" : "video",
      trouble: null,
      heard: null,
      picture: picture === "on",
      clean_sound,
      wrong: false,
      unheard: false,
      line: null,
    };
    this.#scope.addEventListener("click", (event) => this.#pressed(event));
    this.#scope.addEventListener("change", (event) => this.#picked(event));
    this.#draw();
    void this.#openIfAllowed();
    void this.#measure();
    watchPermission(() => {
      if (this.#state.phase === "blocked") void this.#open("video");
    });
  }

  #scope;
  #words;
  #config;
  #mode;
  #view;
  /** @type {CheckState} */
  #state;
  /** @type {MediaStream | null} */
  #stream = null;
  /** @type {Level | null} */
  #level = null;

  /** @param {import("./check-state.js").CheckEvent} event */
  #send(event) {
    const before = this.#state;
    this.#state = stepCheck(before, event);
    this.#draw();
    const said = this.#announcement(before);
    const place = this.#scope.querySelector("[data-say]");
    if (said && place) place.textContent = said;
  }

  async #openIfAllowed() {
    if (await isAllowedAlready()) await this.#open(this.#state.kind);
  }

  /** What the line carries decides how large a picture is recorded first. Without an answer the best is tried. */
  async #measure() {
    const { uplink_url, csrf_token } = this.#config;
    if (!uplink_url) return;
    try {
      const step = stepFor(await measureUplink(uplink_url, csrf_token));
      this.#send({ type: "line", line: step === BEST ? "good" : "slow" });
    } catch {
      // It is only advice.
    }
  }

  /** @param {Partial<import("./types.js").Settings>} changes */
  #save(changes) {
    const { settings_url } = this.#config;
    if (!settings_url) return writePrefs(changes);
    void persist(() => new Server(this.#config).ask(settings_url, changes)).catch(() => {});
  }

  /** @param {Kind} kind */
  async #open(kind) {
    this.#close();
    const mode = kind === "audio" ? "audio" : this.#mode === "sign" ? "sign" : "video";
    if (mode !== this.#mode) this.#save({ mode });
    this.#mode = mode;
    this.#send({ type: "open", kind });
    if (this.#state.phase !== "opening") return;
    const { stream, trouble } = await openDevices(mode, readPrefs());
    if (!stream) return this.#send({ type: "blocked", trouble });
    this.#stream = stream;
    watchTracks(stream, { onEnded: () => this.#lose(), onInterrupted: () => {} });
    if (mode !== "sign") {
      this.#level = new Level(stream, (level, heard) => {
        this.#scope.querySelectorAll("bw-level-meter").forEach((node) => (/** @type {LevelMeter} */ (node).level = level));
        if (heard !== this.#state.heard) this.#send({ type: "heard", heard });
      });
    }
    this.#send({ type: "opened" });
    fillDevices(this.#scope, await listDevices(), stream);
  }

  #lose() {
    this.#close();
    this.#send({ type: "blocked", trouble: "missing" });
  }

  #close() {
    this.#level?.close();
    closeDevices(this.#stream);
    this.#level = this.#stream = null;
  }

  /** Records for three seconds and plays them, the one proof that recording will work. */
  async #try() {
    this.#send({ type: "try" });
    if (this.#state.phase !== "trying" || !this.#stream) return;
    const scratch = new Scratch();
    const capture = new Capture(this.#stream, this.#state.kind, stepOf(BEST), {
      onPart: (part) => channel.add(part),
      onFault: () => {},
    });
    const channel = scratch.segment(capture.mime);
    await new Promise((resolve) => setTimeout(resolve, TRY_MS));
    await capture.stop();
    const { playback } = await scratch.end(TRY_MS);
    this.#send({ type: "tried", playable: playback !== null });
    const clip = /** @type {Clip | null} */ (this.#scope.querySelector("bw-clip[data-try]"));
    if (!playback || !clip) return;
    clip.show(playback.url, null);
    await clip.play();
  }

  /** @param {Event} event */
  #pressed({ target }) {
    const button = target instanceof Element && target.closest("[data-act]");
    switch (button instanceof HTMLElement && button.dataset.act) {
      case "open":
        return void this.#open("video");
      case "voice":
        return void this.#open("audio");
      case "try":
        return void this.#try();
      case "wrong":
        this.#send({ type: "wrong" });
        return this.#scope.querySelector("details[data-wrong] summary")?.scrollIntoView({ block: "center" });
      case "copy":
        return copyAddress();
    }
  }

  /** @param {Event} event */
  #picked({ target }) {
    if (target instanceof HTMLSelectElement) {
      writePrefs({ [target.name]: target.value });
      return void this.#open(this.#state.kind);
    }
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === "picture") {
      this.#save({ picture: target.checked ? "on" : "auto" });
      return this.#send({ type: "set", picture: target.checked });
    }
    if (target.name === "clean_sound") {
      writePrefs({ clean_sound: target.checked });
      this.#send({ type: "set", clean_sound: target.checked });
      void this.#open(this.#state.kind);
    }
  }

  #draw() {
    const { phase, kind, trouble, heard, picture, clean_sound, wrong, unheard, line } = this.#state;
    const open = ["seeing", "trying", "tried"].includes(phase);
    this.#view.draw({
      phase,
      flags: {
        audio: kind === "audio",
        video: kind === "video",
        good: heard === "good",
        quiet: heard === "quiet",
        waiting: heard === null,
        sign: this.#mode === "sign",
        wrong,
        unheard,
        line_good: line === "good",
        line_slow: line === "slow",
        [`browser_${browserName()}`]: true,
        ...(trouble && { [`trouble_${trouble}`]: true }),
      },
      texts: { heard: open ? this.#words(`heard_${heard ?? "waiting"}`) : "" },
    });
    for (const [name, checked] of Object.entries({ picture, clean_sound })) {
      const box = this.#scope.querySelector(`input[name="${name}"]`);
      if (box instanceof HTMLInputElement) box.checked = checked;
    }
    const mirror = this.#scope.querySelector("video[data-self]");
    const shown = kind === "video" && open ? this.#stream : null;
    if (!(mirror instanceof HTMLVideoElement) || mirror.srcObject === shown) return;
    mirror.srcObject = shown;
    if (shown) void mirror.play().catch(() => {});
  }

  /** @param {CheckState} before */
  #announcement(before) {
    const { phase, heard } = this.#state;
    if (phase !== before.phase && (phase === "opening" || phase === "trying")) return this.#words(`say_${phase}`);
    if (heard !== before.heard && heard) return this.#words(`heard_${heard}`);
    return null;
  }
}

customElements.define(
  "bw-device-check",
  class extends HTMLElement {
    connectedCallback() {
      new CheckPage(this);
    }
  },
);
