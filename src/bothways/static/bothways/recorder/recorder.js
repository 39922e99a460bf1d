/**
 * The recorder: turns presses on buttons into camera, recording and upload, and what these report into states.
 *
 * Pages call its methods and draw `state`; they never change it.
 */

import { Awake } from "./awake.js";
import { Capture } from "./capture.js";
import { blame, clear } from "./codecs.js";
import { closeDevices, openDevices, smaller, watchTracks } from "./devices.js";
import { Level } from "./level.js";
import { readPrefs } from "./prefs.js";
import { BEST, Pace, SMALLEST_PICTURE, stepBelow, stepFor, stepOf } from "./quality.js";
import { isNearlyFull } from "./room.js";
import { Refusal } from "./server.js";
import { settingsOf } from "./settings.js";
import { initial, step } from "./state.js";
import { Clock, limitsOf } from "./timer.js";
import { Uplink } from "./uplink.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Sink} Sink */
/** @typedef {import("./types.js").HeldBy} HeldBy */
/** @typedef {import("./types.js").Settings} Settings */
/**
 * @typedef {object} Running  One segment that is being recorded.
 * @property {Capture} capture
 * @property {import("./types.js").Channel} channel
 * @property {MediaStream} stream
 */

const TICK_MS = 250;

const JUDGE_MS = 1000;
const ROOM_MS = 10_000;

/** A recorder that does not say when it has begun. */
const BEGIN_MS = 2000;

/** A camera that blinks is no phone call. */
const CALL_MS = 1500;

export class Recorder {
  /**
   * @param {import("./types.js").Config} config
   * @param {(recorder: Recorder) => Sink} makeSink  where a recording goes
   * @param {(state: State, before: State) => void} onState
   * @param {(level: number) => void} onLevel
   */
  constructor(config, makeSink, onState, onLevel) {
    this.config = config;
    this.limits = limitsOf(config);
    this.state = initial(config, { ...settingsOf(config), offline: !navigator.onLine });
    this.#makeSink = makeSink;
    this.#onState = onState;
    this.#onLevel = onLevel;
    window.addEventListener("online", () => this.send({ type: "line", up: true }));
    window.addEventListener("offline", () => this.send({ type: "line", up: false }));
    document.addEventListener("visibilitychange", () => {
      this.#running?.capture.flush();
      // Phones take camera and microphone from a page that is not seen, and nobody should be recorded unawares.
      if (document.hidden && config.segments && this.state.phase === "recording") void this.hold("hidden");
    });
  }

  #makeSink;
  #onState;
  #onLevel;
  /** @type {MediaStream | null} */
  stream = null;
  /** @type {Level | null} */
  #level = null;
  /** @type {Running | null} */
  #running = null;
  /** The last segment on its way out. @type {Promise<void>} */
  #ending = Promise.resolve();
  /** @type {Sink | null} */
  #sink = null;
  #clock = new Clock();
  #awake = new Awake();
  #quality = BEST;
  #uplink = new Uplink();
  #pace = new Pace();
  #judged_ms = 0;
  #room_asked_ms = 0;
  /** A change to a smaller picture under way. @type {Promise<void>} */
  #rolling = Promise.resolve();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #call;
  #was_heard = false;
  /** The recorded time that the browser has really handed out. */
  #handed_ms = 0;

  /** Recorded so far; exact, where the state is a quarter of a second old. */
  get elapsed_ms() {
    return this.#clock.elapsed_ms;
  }

  get #kind() {
    return kindOf(this.state);
  }

  /** @param {import("./state.js").Event} event */
  send(event) {
    const before = this.state;
    this.state = step(before, event);
    if (this.state !== before) this.#onState(this.state, before);
  }

  /**
   * Opens camera and microphone, and leaves the person all the time to think. Records nothing.
   *
   * @param {{afresh?: boolean}} [wish]  afresh: not to go on with the take that rests
   */
  async prepare({ afresh = false } = {}) {
    if (afresh) this.#abandon();
    this.send({ type: "prepare", afresh });
    if (this.state.phase !== "opening") return;
    const step = stepFor(this.#uplink.bits_per_s);
    this.#quality = this.state.held_by ? Math.max(step, Math.min(this.#quality, SMALLEST_PICTURE)) : step;
    const { stream, trouble } = await openDevices(this.state.mode, readPrefs(), stepOf(this.#quality));
    // A refusal may have come meanwhile.
    if (this.state.phase !== "opening") return closeDevices(stream);
    if (!stream) return this.#block(trouble);
    this.stream = stream;
    watchTracks(stream, {
      onEnded: (kind) => (this.state.phase === "thinking" ? this.#block("missing") : void this.hold("device_lost", kind)),
      onInterrupted: (interrupted) => this.#interrupt(interrupted),
    });
    if (this.state.mode !== "sign") {
      this.#level = new Level(stream, (level, heard) => {
        this.#onLevel(level);
        if (heard === "good") this.#was_heard = true;
        if (heard !== this.state.heard) this.send({ type: "heard", heard });
      });
    }
    this.#clock = new Clock();
    this.#clock.run();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.send({ type: "opened" });
  }

  /** Records, or goes on recording. Only ever called because somebody pressed the button. */
  start() {
    const { phase, held_by, elapsed_ms } = this.state;
    if (phase !== "thinking" || !this.stream) return;
    const clock = new Clock(held_by ? elapsed_ms : 0);
    try {
      this.#running = this.#record(this.stream, clock);
    } catch {
      return this.#block("unsupported");
    }
    this.#clock = clock;
    clock.run();
    this.#pace.forget();
    this.#judged_ms = 0;
    this.#room_asked_ms = -ROOM_MS;
    this.#was_heard = false;
    this.#handed_ms = clock.elapsed_ms;
    this.#awake.keep(true);
    this.send({ type: "start", kept_in_memory: this.#sink?.kept_in_memory ?? false });
  }

  /**
   * One more segment.
   *
   * @param {MediaStream} stream
   * @param {Clock} clock
   * @returns {Running}
   * @throws {DOMException} when the browser can record none of the types
   */
  #record(stream, clock) {
    const kind = stream.getVideoTracks().length ? this.#kind : "audio";
    const capture = new Capture(stream, kind, stepOf(this.#quality), {
      onPart: (part) => {
        // A part ends at a key frame, so it is sure to hold only what was recorded when the one before was handed out.
        const sure_ms = capture.is_ending ? clock.elapsed_ms : this.#handed_ms;
        this.#handed_ms = clock.elapsed_ms;
        channel.add(part, sure_ms);
      },
      onFault: (fault, detail) => {
        // One that worked for a while may have been stopped by something else.
        blame(capture.type, fault === "no_data" || !capture.has_data ? 2 : 1);
        if (this.#running?.capture === capture) void this.hold(fault, detail);
      },
    });
    this.#sink ??= this.#makeSink(this);
    const channel = this.#sink.segment(capture.mime, clock.elapsed_ms, capture.type);
    return { capture, channel, stream };
  }

  pause() {
    this.#running?.capture.pause();
    this.#clock.pause();
    this.send({ type: "pause" });
  }

  resume() {
    if (this.state.phase !== "paused") return;
    if (isGone(this.stream)) return void this.hold("device_lost");
    this.#running?.capture.resume();
    this.#clock.run();
    this.send({ type: "resume" });
  }

  /**
   * Something broke into the recording. What is recorded is a segment of its own, and the person says how to go on.
   *
   * @param {HeldBy} by
   * @param {string} [detail]  for the administrator
   */
  async hold(by, detail) {
    if (!this.config.segments) return this.stop("lost");
    if (this.state.phase !== "recording" && this.state.phase !== "paused") return;
    this.#clock.pause();
    this.send({ type: "hold", by, elapsed_ms: by === "no_data" ? this.#handed_ms : this.#clock.elapsed_ms });
    this.#sink?.fault(by, detail);
    this.#endSegment();
    this.#close();
  }

  /**
   * A take that was begun before, here or elsewhere, rests until the person says how to go on.
   *
   * @param {Sink} sink
   * @param {{by: HeldBy, elapsed_ms: number, safe_ms: number}} facts
   */
  rest(sink, facts) {
    this.send({ type: "rest", ...facts });
    if (this.state.phase === "held") this.#sink = sink;
  }

  /** @param {import("./types.js").EndedBy} [by]  null: the person pressed Stop */
  async stop(by = null) {
    this.send({ type: "stop", by });
    if (this.state.phase !== "stopping") return;
    this.#clock.pause();
    const is_silent = this.state.mode !== "sign" && this.state.heard !== null && !this.#was_heard;
    if (is_silent && this.config.segments) this.#sink?.fault("silent");
    await this.#rolling;
    const type = this.#running?.capture.type;
    this.#endSegment();
    await this.#ending;
    if (type && !by) clear(type);
    this.#close();
    await this.#deliver(this.#clock.elapsed_ms);
  }

  /** Ends a take that rests, with what is there. */
  async finish() {
    if (this.state.phase !== "held") return;
    await this.#deliver(this.state.elapsed_ms);
  }

  /** @param {number} elapsed_ms */
  async #deliver(elapsed_ms) {
    this.send({ type: "captured", elapsed_ms });
    const sink = this.#sink;
    if (this.state.phase !== "saving" || !sink) return;
    this.#sink = null;
    await this.#ending;
    await this.settle(sink.end(elapsed_ms));
  }

  /** Another take instead of the one that rests: that goes up meanwhile and can be chosen, too. */
  #abandon() {
    const sink = this.#sink;
    this.#sink = null;
    if (this.state.phase !== "held" || !sink) return;
    void this.#ending
      .then(() => sink.abandon())
      .then((take) => take && this.send({ type: "arrived", take }))
      .catch(() => {});
  }

  /**
   * Shows what becomes of a take that is on its way.
   *
   * @param {Promise<import("./types.js").TakeState>} ending
   */
  async settle(ending) {
    try {
      this.send({ type: "settled", take: await ending });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refuse(error);
    }
  }

  /** @param {Refusal} refusal */
  refuse(refusal) {
    this.#sink = null;
    this.#endSegment();
    this.#close();
    this.send({ type: "refused", failure: { code: refusal.code, words: refusal.words } });
  }

  /** Back to the question, or to the take that rests; camera closed. */
  back() {
    this.#close();
    this.send({ type: "back" });
  }

  /** @param {import("./types.js").Trouble} trouble */
  #block(trouble) {
    this.#close();
    this.send({ type: "blocked", trouble });
  }

  /** @param {boolean} interrupted */
  #interrupt(interrupted) {
    clearTimeout(this.#call);
    this.send({ type: "interrupted", interrupted });
    if (interrupted && this.config.segments) this.#call = setTimeout(() => void this.hold("interrupted"), CALL_MS);
  }

  #endSegment() {
    const running = this.#running;
    this.#running = null;
    if (running) this.#end(running);
  }

  /** @param {Running} running */
  #end(running) {
    this.#ending = Promise.all([this.#ending, end(running, this.stream)]).then(() => {});
  }

  /**
   * How long a piece took on its way up.
   *
   * @param {number} bytes
   * @param {number} ms
   */
  sent(bytes, ms) {
    this.#uplink.note(bytes, ms);
  }

  /** The device refused to keep a part: it is held in memory. */
  spilled() {
    if (this.state.kept_in_memory) return;
    this.send({ type: "spilled" });
    if (this.config.segments) this.#sink?.fault("storage_full");
    this.#stepDown(SMALLEST_PICTURE);
  }

  /** Is the line or the device too weak for the picture? Asked once a second of recording. */
  #judge() {
    const { elapsed_ms, safe_ms, offline, mode } = this.state;
    if (this.state.phase !== "recording" || !this.config.segments || elapsed_ms - this.#judged_ms < JUDGE_MS) return;
    this.#judged_ms = elapsed_ms;
    if (elapsed_ms - this.#room_asked_ms >= ROOM_MS) void this.#lookForRoom(elapsed_ms);
    // A line that is down says nothing about its width.
    if (offline) return this.#pace.forget();
    if (!this.#pace.fallsBehind(elapsed_ms, elapsed_ms - safe_ms)) return;
    this.#pace.forget();
    this.#stepDown(stepBelow(this.#quality, this.#uplink.bits_per_s, mode));
  }

  /** @param {number} elapsed_ms */
  async #lookForRoom(elapsed_ms) {
    this.#room_asked_ms = elapsed_ms;
    const cramped = await isNearlyFull();
    this.send({ type: "cramped", cramped });
    if (cramped) this.#stepDown(SMALLEST_PICTURE);
  }

  /**
   * Records a smaller picture from now on. What has been recorded stays as it is.
   *
   * @param {number} quality
   */
  #stepDown(quality) {
    if (quality <= this.#quality || this.#kind === "audio" || this.state.phase !== "recording") return;
    this.#quality = quality;
    this.#rolling = this.#rolling.then(() => this.#roll(quality));
  }

  /**
   * The new segment begins before the old one ends, so that not a word is lost between them.
   *
   * @param {number} quality
   */
  async #roll(quality) {
    const [before, opened] = [this.#running, this.stream];
    if (!before || !opened) return;
    const stream = await smaller(opened, stepOf(quality));
    let next;
    try {
      if (this.#running === before && this.state.phase === "recording") next = this.#record(stream, this.#clock);
    } catch {
      // The browser cannot record twice at once: it goes on as it was.
    }
    if (!next) return closeClones(stream, opened);
    await Promise.race([next.capture.started, new Promise((resolve) => setTimeout(resolve, BEGIN_MS))]);
    // Meanwhile something may have broken in.
    if (this.#running !== before) return this.#end(next);
    this.#running = next;
    if (this.state.phase === "paused") next.capture.pause();
    this.#end(before);
    this.send({ type: "stepped", sends: stepOf(quality).width ? "smaller" : "voice" });
  }

  /** @param {number | null} answer_limit_s  changed by the person, also in the middle of an answer */
  limit(answer_limit_s) {
    this.limits = limitsOf({ ...this.config, answer_limit_s });
    this.send({ type: "limited", answer_limit_s });
  }

  #tick() {
    const elapsed_ms = this.#clock.elapsed_ms;
    if (this.state.phase === "thinking") return this.send({ type: "thought", thought_ms: elapsed_ms });
    this.send({ type: "tick", elapsed_ms, limits: this.limits });
    if (this.state.mark === "over") return void this.stop("limit");
    this.#judge();
  }

  #close() {
    clearInterval(this.#ticking);
    clearTimeout(this.#call);
    this.#awake.keep(false);
    this.#level?.close();
    closeDevices(this.stream);
    this.#level = this.stream = null;
  }
}

/** @param {{mode: import("./types.js").Mode}} state */
export function kindOf({ mode }) {
  return mode === "audio" ? "audio" : "video";
}

/**
 * @param {Running} running
 * @param {MediaStream | null} opened  what stays open
 */
async function end({ capture, channel, stream }, opened) {
  await capture.stop();
  channel.close();
  closeClones(stream, opened);
}

/**
 * @param {MediaStream} stream
 * @param {MediaStream | null} opened
 */
function closeClones(stream, opened) {
  const own = new Set(opened?.getTracks());
  for (const track of stream.getTracks()) if (!own.has(track)) track.stop();
}

/** @param {MediaStream | null} stream */
function isGone(stream) {
  return stream?.getTracks().some((track) => track.readyState === "ended") ?? true;
}
