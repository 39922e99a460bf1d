/** One stay in the room: its socket, its connections, and what the line carries. Draws nothing. */

import { Quality, capsFor, EVERY_MS } from "./quality.js";
import { openRoom } from "./socket.js";
import { NOTHING, step } from "./state.js";
import { createTransport } from "./transport.js";

/** @typedef {import("./own.js").OwnMedia} OwnMedia */
/** @typedef {import("./state.js").RoomState} RoomState */
/** @typedef {import("./transport.js").Transport} Transport */

const HEARD = ["waiting", "welcome", "join", "leave", "knock", "media", "consent", "captions", "recording", "wish", "ask"];

export class Call {
  /**
   * @param {object} options
   * @param {string} options.url
   * @param {OwnMedia} options.own
   * @param {() => void} options.onChange
   * @param {(message: Record<string, any>, before: RoomState) => void} options.onMessage
   * @param {(transport: Transport) => void} options.onTransport  before anything has come over it
   */
  constructor({ url, own, onChange, onMessage, onTransport }) {
    this.#own = own;
    this.#onChange = onChange;
    this.room = openRoom(url, { epoch: crypto.randomUUID() });
    for (const type of HEARD) {
      this.room.on(type, (message) => {
        const before = this.state;
        this.state = step(before, message);
        if (type === "welcome") this.#welcome(message, onTransport);
        onMessage(message, before);
        onChange();
      });
    }
    for (const type of ["chat", "said", "refused", "removed", "ended"]) this.room.on(type, (message) => onMessage(message, this.state));
    this.room.on("caps", ({ bitrate, width, height, fps }) => {
      this.#caps = { bitrate, width, height, fps };
      void this.#apply();
    });
    this.room.on("state", onChange);
    this.#watch = setInterval(() => void this.#look(), EVERY_MS);
  }

  #own;
  #onChange;
  #watch;
  /** @type {import("./types.js").Caps | null} */
  #caps = null;
  #told = "";
  room;
  /** @type {RoomState} */
  state = NOTHING;
  /** @type {Transport | null} */
  transport = null;
  quality = new Quality();

  /** @param {Record<string, any>} welcome @param {(transport: Transport) => void} onTransport */
  #welcome({ you, people, ice, caps }, onTransport) {
    this.#caps = caps;
    this.#told = "";
    if (!this.transport) {
      this.transport = createTransport({ room: this.room, you: you.id, people, ice, caps });
      onTransport(this.transport);
      this.transport.join(this.#own.stream);
    }
    void this.#apply();
  }

  /** What we send is another thing from now on. */
  sends() {
    void this.transport?.replaceStream(this.#own.stream);
    void this.transport?.share(this.#own.screen);
    this.#tell();
  }

  /** @param {"full" | "voice"} step */
  choose(step) {
    this.quality.choose(step);
    void this.#apply();
  }

  async #look() {
    if (!this.transport || !this.#caps || this.room.state !== "in") return;
    const { line } = this.quality;
    if (this.quality.hear(await this.transport.stats(), this.#caps)) await this.#apply();
    else if (line !== this.quality.line) this.#onChange();
  }

  async #apply() {
    const { step } = this.quality;
    this.#tell();
    this.#onChange();
    if (this.#caps) await this.transport?.setCaps(capsFor(step, this.#caps));
    await this.transport?.sendPicture(step !== "voice");
  }

  #tell() {
    const { camera, microphone, screen } = this.#own;
    const media = { camera, microphone, screen: screen !== null, quality: this.quality.step };
    const told = JSON.stringify(media);
    if (told === this.#told || !this.transport) return;
    this.#told = told;
    this.room.send("media", media);
  }

  close() {
    clearInterval(this.#watch);
    this.transport?.leave();
    this.room.close();
  }
}
