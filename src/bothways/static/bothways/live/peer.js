/**
 * The connection to one person, by the pattern of perfect negotiation: when both offer at once, the polite one gives way.
 *
 * It always has three lines in the same order: voice, camera, screen. What is switched on or off later is put onto its
 * line or taken off, so that after the beginning nothing has to be negotiated again but the way through the network.
 *
 * Signals get lost when a socket breaks, and either side may begin anew at any moment. So each signal names the sender's
 * connection (`mine`) and, when it is known, the one it is meant for (`yours`): what is meant for one that is gone is
 * passed over, and who hears from a new one lets the old one go. While nothing arrives, or an answer is missing, another
 * try follows: first another way through the network, then everything anew.
 */

import { Tries } from "./tries.js";

/** @typedef {import("./types.js").Purpose} Purpose */
/** @typedef {import("./types.js").Way} Way */
/** @typedef {import("./types.js").Why} Why */
/** @typedef {import("./types.js").Caps} Caps */
/** @typedef {Record<Purpose, MediaStreamTrack | null>} Tracks */
/** @typedef {{description?: RTCSessionDescriptionInit, candidate?: RTCIceCandidateInit | null}} Said */
/** @typedef {Said & {mine?: string, yours?: string}} Signal */

/** @type {Purpose[]} */
export const LINES = ["voice", "camera", "screen"];

/** A cut line often mends itself; after this a new way is looked for. */
const PATIENCE_MS = 2000;
const UNAUTHORIZED = [401, 403, 438];

export class Peer {
  /**
   * @param {object} options
   * @param {boolean} options.polite
   * @param {RTCIceServer[]} options.ice
   * @param {Tracks} options.tracks  what we send now
   * @param {Caps} options.caps
   * @param {(signal: Signal) => void} options.signal
   * @param {(purpose: Purpose, track: MediaStreamTrack) => void} options.onTrack
   * @param {(way: Way, why: Why | null) => void} options.onWay
   */
  constructor({ polite, ice, tracks, caps, signal, onTrack, onWay }) {
    this.#polite = polite;
    this.#ice = ice;
    this.#tracks = { ...tracks };
    this.#caps = caps;
    this.#signal = signal;
    this.#onTrack = onTrack;
    this.#onWay = onWay;
    this.#pc = this.#begin();
  }

  #polite;
  #ice;
  #tracks;
  #caps;
  #signal;
  #onTrack;
  #onWay;
  /** @type {RTCPeerConnection} */
  #pc;
  /** Names our connection. */
  #mine = "";
  /** Names theirs, once both sides have agreed. @type {string | undefined} */
  #yours;
  #offering = false;
  /** Signals are taken one after the other. Who begins anew does not wait for those of before. */
  #turns = { last: Promise.resolve() };
  /** @type {Why | null} */
  #why = null;
  /** @type {Way} */
  #way = "connecting";
  /** Wrong credentials of a relay end in silence, never in a failure that the browser would tell: so time counts. */
  #tries = new Tries(() => this.#miss());
  #stream = new MediaStream();

  #begin() {
    this.#pc?.close();
    const pc = new RTCPeerConnection({ iceServers: this.#ice, bundlePolicy: "max-bundle" });
    this.#pc = pc;
    this.#mine = crypto.randomUUID();
    this.#yours = undefined;
    this.#offering = false;
    /** @param {string} event @param {(event: any) => void} fn */
    const on = (event, fn) => pc.addEventListener(event, (told) => pc === this.#pc && fn(told));
    on("negotiationneeded", () => void this.#offer(pc));
    on("icecandidate", ({ candidate }) => candidate && this.#say({ candidate: candidate.toJSON() }));
    on("icecandidateerror", (event) => this.#relayFailed(event));
    on("connectionstatechange", () => this.#judge());
    on("signalingstatechange", () => this.#judge());
    on("track", ({ track, transceiver }) => {
      const purpose = LINES[pc.getTransceivers().indexOf(transceiver)];
      if (purpose) this.#onTrack(purpose, track);
    });
    this.#tries.stop();
    this.#tries.wait();
    return pc;
  }

  /** The newcomer opens the connection; who is inside waits for it. */
  offer() {
    for (const purpose of LINES) {
      const what = this.#tracks[purpose] ?? (purpose === "voice" ? "audio" : "video");
      this.#pc.addTransceiver(what, { direction: "sendrecv", streams: purpose === "screen" ? [] : [this.#stream] });
    }
  }

  /** @param {Said} said */
  #say(said) {
    this.#signal({ mine: this.#mine, yours: this.#yours, ...said });
  }

  /** @param {RTCPeerConnection} pc */
  async #offer(pc) {
    try {
      this.#offering = true;
      await pc.setLocalDescription();
      if (pc === this.#pc && pc.localDescription) this.#say({ description: pc.localDescription.toJSON() });
    } catch {
      // The other's offer came in between: it is answered, and that is as good.
    } finally {
      if (pc === this.#pc) this.#offering = false;
    }
  }

  /** @param {Signal} signal */
  receive(signal) {
    const turns = this.#turns;
    // What cannot be taken leaves the connection unfinished, and another try follows.
    turns.last = turns.last.then(() => (turns === this.#turns ? this.#take(signal) : undefined)).catch(() => {});
    return turns.last;
  }

  /** @param {Signal} signal */
  async #take({ mine, yours, description, candidate }) {
    const isOffer = description?.type === "offer";
    if (yours && yours !== this.#mine) {
      // They do not know that we have begun anew; nor did we know that they wait for it.
      if (isOffer && !this.#pc.getTransceivers().length) this.offer();
    } else if (isOffer) await this.#answer(description, mine);
    else if (description) await this.#agree(description, mine);
    // Candidates of an offer that was passed over lead nowhere.
    else if (candidate && mine === this.#yours) await this.#pc.addIceCandidate(candidate).catch(() => {});
  }

  /** @param {RTCSessionDescriptionInit} offer @param {string | undefined} mine */
  async #answer(offer, mine) {
    const isAnew = this.#yours !== undefined && this.#yours !== mine;
    const hasBegun = this.#yours === undefined && this.#pc.getTransceivers().length > 0;
    const collides = !isAnew && (hasBegun || this.#offering || this.#pc.signalingState !== "stable");
    if (collides && !this.#polite) return;
    // Our own lines would not be matched with theirs, so what was begun is thrown away.
    if (isAnew || hasBegun) this.#begin();
    const pc = this.#pc;
    await pc.setRemoteDescription(offer);
    if (this.#yours === undefined) this.#takeSeats();
    await pc.setLocalDescription();
    if (pc === this.#pc) await this.#settle(mine, pc.localDescription);
  }

  /** @param {RTCSessionDescriptionInit} answer @param {string | undefined} mine */
  async #agree(answer, mine) {
    const pc = this.#pc;
    if (pc.signalingState !== "have-local-offer") return;
    await pc.setRemoteDescription(answer);
    if (pc === this.#pc) await this.#settle(mine, null);
  }

  /** @param {string | undefined} mine @param {RTCSessionDescription | null} answer */
  async #settle(mine, answer) {
    this.#yours = mine;
    if (answer) this.#say({ description: answer.toJSON() });
    for (const purpose of LINES) await this.put(purpose, this.#tracks[purpose]);
  }

  #takeSeats() {
    for (const [at, transceiver] of this.#pc.getTransceivers().entries()) {
      const purpose = LINES[at];
      if (!purpose) continue;
      transceiver.direction = "sendrecv";
      // Voice and picture of one stream are kept together in time.
      if (purpose !== "screen") transceiver.sender.setStreams?.(this.#stream);
    }
  }

  /**
   * Sends this from now on, or nothing.
   *
   * @param {Purpose} purpose
   * @param {MediaStreamTrack | null} track
   */
  async put(purpose, track) {
    this.#tracks[purpose] = track;
    const sender = this.#sender(purpose);
    if (!sender) return;
    if (sender.track !== track) await sender.replaceTrack(track).catch(() => {});
    await this.#limit(purpose);
  }

  /** @param {Purpose} purpose */
  #sender(purpose) {
    return this.#pc.getTransceivers()[LINES.indexOf(purpose)]?.sender;
  }

  /** @param {Caps} caps */
  async setCaps(caps) {
    this.#caps = caps;
    await this.#limit("camera");
  }

  /** @param {Purpose} purpose */
  async #limit(purpose) {
    const sender = this.#sender(purpose);
    const parameters = sender?.getParameters();
    const [encoding] = parameters?.encodings ?? [];
    // Before the first agreement there is nothing to limit.
    if (!sender || !parameters || !encoding) return;
    if (purpose === "voice") encoding.priority = encoding.networkPriority = "high";
    if (purpose === "camera") {
      const tall = sender.track?.getSettings().height ?? this.#caps.height;
      encoding.maxBitrate = this.#caps.bitrate;
      encoding.maxFramerate = this.#caps.fps;
      encoding.scaleResolutionDownBy = Math.max(1, tall / this.#caps.height);
    }
    await sender.setParameters(parameters).catch(() => {});
  }

  /** Credentials of a relay run out; the next way that is looked for takes the new ones. @param {RTCIceServer[]} ice */
  setIce(ice) {
    this.#ice = ice;
    this.#pc.setConfiguration({ ...this.#pc.getConfiguration(), iceServers: ice });
  }

  /** Looks for another way through the network, while the old one is still used. */
  restart() {
    if (this.#yours !== undefined) this.#pc.restartIce();
  }

  /** A socket was cut, and what was said over it may be lost: whatever is under way is tried again at once. */
  hurry() {
    if (!this.#isWell) this.#tryAgain();
  }

  get #isWell() {
    return this.#pc.connectionState === "connected" && this.#pc.signalingState === "stable";
  }

  #judge() {
    const state = this.#pc.connectionState;
    const isCut = state === "disconnected" || state === "failed";
    if (state === "connected") this.#become("connected");
    if (isCut && this.#way === "connected") this.#become("reconnecting");
    if (!this.#isWell) return this.#tries.wait(isCut && !this.#tries.count ? PATIENCE_MS : undefined);
    this.#tries.succeed();
    this.#why = null;
  }

  #miss() {
    const isFirst = this.#way !== "connecting" && this.#tries.count === 0;
    if (this.#pc.connectionState !== "connected") this.#become(isFirst ? "reconnecting" : "failed");
    this.#tryAgain();
  }

  #tryAgain() {
    this.#tries.stop();
    const isFirst = this.#tries.count++ === 0;
    if (isFirst && this.#yours !== undefined && this.#pc.signalingState === "stable") {
      this.#pc.restartIce();
      this.#tries.wait();
    } else {
      this.#turns = { last: Promise.resolve() };
      this.#begin();
      this.offer();
    }
  }

  /** @param {RTCPeerConnectionIceErrorEvent} event */
  #relayFailed({ url, errorCode }) {
    if (!url?.startsWith("turn")) return;
    if (UNAUTHORIZED.includes(errorCode)) this.#why = "relay_refused";
    else this.#why ??= "relay_unreachable";
  }

  /** @param {Way} way */
  #become(way) {
    if (way === this.#way && way !== "failed") return;
    this.#way = way;
    this.#onWay(way, way === "failed" ? (this.#why ?? "no_way") : null);
  }

  stats() {
    return this.#pc.getStats();
  }

  close() {
    this.#tries.stop();
    this.#turns = { last: Promise.resolve() };
    this.#pc.close();
  }
}
