/** One recording of a stream by MediaRecorder, handed out in parts of about a second. */

import { typesFor } from "./codecs.js";

/** @typedef {"no_data" | "browser_gave_up"} Fault */

const PART_MS = 1000;

/** Some browsers record nothing and report no error. */
const NOTHING_MS = 5000;

/** Looks are counted, not the clock: a page that is held up sees nothing and hears nothing for a while. */
const LOOK_MS = 500;

/** A recorder that is broken may never say that it has stopped. */
const STOP_MS = 3000;

export class Capture {
  /**
   * @param {MediaStream} stream
   * @param {import("./types.js").Kind} kind
   * @param {import("./quality.js").Step} step
   * @param {{onPart: (part: Blob) => void, onFault: (fault: Fault, detail: string) => void}} told
   * @throws {DOMException} when the browser can record none of the types
   */
  constructor(stream, kind, step, { onPart, onFault }) {
    const { recorder, type } = makeRecorder(stream, kind, step);
    this.#recorder = recorder;
    /** The type asked for: what to avoid if it fails. */
    this.type = type;
    this.#recorder.addEventListener("dataavailable", ({ data }) => {
      if (!data.size) return;
      this.#looks_in_vain = 0;
      this.has_data = true;
      onPart(data);
    });
    this.#recorder.addEventListener("error", (event) => {
      const { error } = /** @type {Event & {error?: DOMException}} */ (event);
      onFault("browser_gave_up", error?.name ?? "error");
    });
    this.#stopped = this.#once("stop").then(() => {
      if (!this.#asked) onFault("browser_gave_up", "stopped by itself");
    });
    /** Settles when this recorder has begun to record. */
    this.started = this.#once("start");
    this.#recorder.start(PART_MS);
    this.#watching = setInterval(() => {
      if (this.#recorder.state !== "recording") return;
      this.#looks_in_vain += 1;
      if (this.#looks_in_vain * LOOK_MS < NOTHING_MS) return;
      clearInterval(this.#watching);
      onFault("no_data", this.mime);
    }, LOOK_MS);
  }

  #recorder;
  #stopped;
  #watching;
  #asked = false;
  #looks_in_vain = 0;
  has_data = false;

  /** Whether what is handed out now is the last of it, to the end. */
  get is_ending() {
    return this.#asked;
  }

  /** The type really written; may differ from the one asked for. */
  get mime() {
    return this.#recorder.mimeType;
  }

  pause() {
    if (this.#recorder.state === "recording") this.#recorder.pause();
  }

  resume() {
    this.#looks_in_vain = 0;
    if (this.#recorder.state === "paused") this.#recorder.resume();
  }

  /** Hands out what is recorded so far; for the moment in which the page may be about to go. */
  flush() {
    if (this.#recorder.state === "recording") this.#recorder.requestData();
  }

  /** Settles after the last part was handed out. */
  async stop() {
    this.#asked = true;
    clearInterval(this.#watching);
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    await Promise.race([this.#stopped, new Promise((resolve) => setTimeout(resolve, STOP_MS))]);
  }

  /**
   * @param {string} event
   * @returns {Promise<void>}
   */
  #once(event) {
    return new Promise((resolve) => this.#recorder.addEventListener(event, () => resolve(), { once: true }));
  }
}

/**
 * A browser may claim a type and still refuse it: the next one is tried.
 *
 * @param {MediaStream} stream
 * @param {import("./types.js").Kind} kind
 * @param {import("./quality.js").Step} step
 */
function makeRecorder(stream, kind, step) {
  let refusal;
  for (const mimeType of typesFor(kind)) {
    try {
      const recorder = new MediaRecorder(stream, {
        ...(mimeType && { mimeType }),
        ...(kind === "video" && { videoBitsPerSecond: step.video }),
        audioBitsPerSecond: step.audio,
        // Chromium hands out MP4 parts at key frames only; one a second also makes seeking and salvage fine-grained.
        ...{ videoKeyFrameIntervalDuration: PART_MS },
      });
      return { recorder, type: mimeType };
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}
