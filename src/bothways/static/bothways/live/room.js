/** <bw-live-room>: the room of a live interview, from the look at one's own picture to the last word. */

import { Awake } from "../recorder/awake.js";
import { browserName, copyAddress } from "../recorder/browser.js";
import { isAllowedAlready, watchPermission } from "../recorder/devices.js";
import { readConfig, readStrings } from "../recorder/strings.js";
import { View } from "../recorder/view.js";
import { Call } from "./call.js";
import { Captions } from "./captions.js";
import { Chat } from "./chat.js";
import { drawConsent } from "./consent.js";
import { DeviceLists } from "./device-lists.js";
import { Guide } from "./guide.js";
import { Hosting } from "./hosting.js";
import { listenToKeys } from "./keys.js";
import { drawKnocks } from "./knocks.js";
import { tryRelay } from "./line-check.js";
import { Meter } from "./meter.js";
import { OwnSide } from "./own-side.js";
import { OwnWords } from "./own-words.js";
import { OwnMedia, canShareScreen } from "./own.js";
import { clock, part } from "./parts.js";
import { announcement } from "./saying.js";
import { Seats } from "./seats.js";
import { BEFORE, OVER, sightOf } from "./sight.js";
import { NOTHING } from "./state.js";

/** @typedef {import("./state.js").RoomState} RoomState */
/** @typedef {import("./sight.js").Here} Here */
/** @typedef {import("./sight.js").Phase} Phase */
/** @typedef {import("./types.js").Config} Config */

const REFUSAL_SHOWN_MS = 8000;

class LiveRoom {
  /** @param {HTMLElement} element */
  constructor(element) {
    /** @type {Config} */
    this.#config = readConfig(element);
    this.#words = readStrings(element);
    this.#view = new View(document.body);
    this.#ahead_ms = this.#config.now_ms - Date.now();
    this.#own = new OwnMedia({ onChange: () => this.#sends(), onLost: () => this.#lose() });
    this.#seats = new Seats(part(element, "seats"), this.#words, this.#isHost ? "candidate" : "host");
    this.#chat = new Chat(element, (key, text) => this.#send("chat", { key, text }));
    this.#captions = new Captions(element, this.#words, this.#config.you.name);
    this.#ownWords = new OwnWords(this.#config.captions, (sound) => this.#call?.room.sound(sound));
    this.#devices = new DeviceLists(element, this.#own, { onSpeaker: (device) => this.#seats.speakOn(device) });
    this.#meter = new Meter(element, (heard) => this.#set({ heard }));
    const guide = element.querySelector('[data-part="guide"]');
    if (guide instanceof HTMLElement) this.#guide = new Guide(guide, this.#config, this.#words);
    if (this.#isHost) this.#hosting = this.#host();
    element.addEventListener("click", (event) => this.#pressed(event));
    listenToKeys((act) => this.#phase === "in" && this.#act(act));
    setInterval(() => this.#tick(), 1000);
    this.#draw();
    void this.#openIfAllowed();
    void tryRelay(this.#config.ice).then((relay) => this.#set({ relay }));
    watchPermission(() => this.#phase === "blocked" && void this.#open(true));
  }

  #config;
  #words;
  #view;
  #ahead_ms;
  #own;
  #seats;
  #chat;
  #captions;
  #ownWords;
  #devices;
  #meter;
  /** @type {Guide | null} */
  #guide = null;
  /** @type {Hosting | null} */
  #hosting = null;
  /** @type {OwnSide | null} */
  #side = null;
  #awake = new Awake();
  /** @type {Call | null} */
  #call = null;
  /** @type {Here} */
  #here = BEFORE;

  get #phase() {
    return this.#here.phase;
  }

  get #isHost() {
    return this.#config.kind === "host";
  }

  /** @returns {RoomState} */
  get #state() {
    return this.#call?.state ?? NOTHING;
  }

  /** @param {Partial<Here>} changes */
  #set(changes) {
    this.#here = { ...this.#here, ...changes };
    this.#draw();
  }

  get #isCaptioned() {
    const { reads, captioned, people } = this.#state;
    return this.#phase === "in" && captioned && (reads || people.some((person) => person.reads));
  }

  #host() {
    return new Hosting({
      send: (type, body) => this.#send(type, body),
      guide: this.#guide,
      wish: () => this.#state.wish,
      elapsed: () => clock(this.#now_ms - this.#config.starts_ms),
      onView: (view) => this.#set({ view }),
      onCopied: () => this.#set({ said: this.#words("copied") }),
    });
  }

  /** @param {string} type @param {object} [body] */
  #send(type, body) {
    this.#call?.room.send(type, body);
  }

  async #openIfAllowed() {
    if (await isAllowedAlready()) await this.#open(true);
  }

  /** @param {boolean} withCamera */
  async #open(withCamera) {
    if (this.#phase !== "in") this.#set({ phase: "opening" });
    const opened = await this.#own.open(withCamera);
    this.#set({ lost: false, ...(this.#phase !== "in" && { phase: opened ? "seeing" : "blocked" }) });
    if (opened) void this.#devices.fill();
  }

  #lose() {
    this.#set({ lost: true });
    // What is left is still sent.
    void this.#own.open(false);
  }

  /** Other devices, or one that was switched on or off. */
  #sends() {
    this.#call?.sends();
    this.#side?.take(this.#own.stream);
    this.#meter.measure(this.#phase === "in" ? null : this.#own.stream);
    this.#draw();
  }

  #enter() {
    this.#call = new Call({
      url: this.#config.socket_url,
      own: this.#own,
      onChange: () => this.#follow(),
      onMessage: (message, before) => this.#hear(message, before),
      onTransport: (transport) => {
        transport.on("track", ({ id, purpose, track }) => this.#seats.attach(id, purpose, track));
        transport.on("state", ({ id, way, why }) => this.#seats.say(id, way, why));
      },
    });
    this.#side = new OwnSide({
      line: this.#call.room,
      room: this.#config.room,
      stream: this.#own.stream,
      urls: this.#config,
      onState: ({ sending }) => this.#set({ sending, sent: this.#here.sent || this.#here.sending > sending }),
    });
    this.#awake.keep(true);
    this.#set({ phase: "connecting" });
  }

  /** The page goes where the socket is. */
  #follow() {
    const { state } = /** @type {Call} */ (this.#call).room;
    if (OVER.includes(this.#phase)) return;
    if (state === "in") this.#meter.measure(null);
    if (state === "in" || state === "waiting") return this.#set({ phase: state });
    if (state === "replaced" || state === "refused") return this.#finish(state);
    if (state === "ended") return this.#finish(this.#here.refusal ? "refused" : "ended");
    this.#draw();
  }

  /** @param {Phase} phase */
  #finish(phase) {
    if (OVER.includes(this.#phase)) return;
    this.#side?.follow("");
    this.#call?.close();
    this.#own.close();
    this.#meter.measure(null);
    this.#seats.clear();
    this.#awake.keep(false);
    this.#set({ phase });
  }

  /** @param {Record<string, any>} message @param {RoomState} before */
  #hear(message, before) {
    const said = announcement(message, before, this.#state, this.#words);
    if (said) this.#say(said);
    if (!OVER.includes(this.#phase)) this.#side?.follow(this.#state.recording?.period ?? "");
    switch (message.type) {
      case "welcome":
        for (const one of message.chat) this.#chat.add(one);
        return this.#guide?.mark(message.asked);
      case "ask":
        return this.#guide?.mark(this.#state.asked);
      case "chat":
        return this.#chatted(message);
      case "said":
        this.#captions.add(/** @type {any} */ (message), this.#state);
        return this.#draw();
      case "removed":
        this.#set({ refusal: message.words });
        return this.#finish("removed");
      case "ended":
        return this.#finish("ended");
      case "refused":
        this.#set({ refusal: message.words });
        setTimeout(() => !OVER.includes(this.#phase) && this.#set({ refusal: "" }), REFUSAL_SHOWN_MS);
    }
  }

  /** @param {any} message */
  #chatted(message) {
    if (!this.#chat.add(message)) return;
    const seen = this.#here.writing || message.from === this.#state.you;
    this.#set({ unread: seen ? 0 : this.#here.unread + 1 });
  }

  /** @param {string} words  for those who do not see it */
  #say(words) {
    const place = document.querySelector("[data-say]");
    if (place) place.textContent = words;
  }

  /** @param {Event} event */
  #pressed({ target }) {
    const button = target instanceof Element ? target.closest("[data-act]") : null;
    if (button instanceof HTMLElement) this.#act(button.dataset.act ?? "", button);
  }

  /** @param {string} act @param {HTMLElement} [button] */
  #act(act, button) {
    switch (act) {
      case "open":
        return void this.#open(true);
      case "voice":
      case "open-microphone":
        return void this.#open(false);
      case "listen":
        return this.#set({ phase: "seeing" });
      case "copy":
        return copyAddress();
      case "tone":
        return this.#devices.tryOut();
      case "enter":
        return this.#enter();
      case "leave":
        return this.#finish("left");
      case "back":
        return location.reload();
      case "mute":
        this.#own.mute(this.#own.microphone);
        return this.#say(this.#words(this.#own.microphone ? "say_unmuted" : "say_muted"));
      case "camera":
        return void this.#own.switchCamera(!this.#own.camera).then(() => this.#devices.fill());
      case "share":
        return this.#own.screen ? this.#own.stopSharing() : void this.#own.shareScreen();
      case "self":
        return this.#set({ self_view: !this.#here.self_view });
      case "voice-first":
        return this.#call?.choose("voice");
      case "full":
        return this.#call?.choose("full");
      case "write":
        this.#set({ writing: !this.#here.writing, unread: 0 });
        return this.#here.writing ? this.#chat.focus() : undefined;
      case "captions":
        if (!this.#config.captions) return;
        if (this.#state.reads) this.#captions.clear();
        return this.#send("captions", { on: !this.#state.reads });
      case "captions-larger":
        return this.#captions.larger();
      case "caption":
        return this.#send("captioned", { yes: true });
      case "uncaption":
        return this.#send("captioned", { yes: false });
      case "keys":
        return /** @type {HTMLDialogElement} */ (part(document, "keys")).showModal();
      case "agree":
        this.#set({ refused: false });
        return this.#send("consent", { yes: true, text_version: this.#config.consent.version });
      case "disagree":
        this.#set({ refused: true });
        return this.#send("consent", { yes: false });
      default:
        return this.#hosting?.run(act, button);
    }
  }

  get #now_ms() {
    return Date.now() + this.#ahead_ms;
  }

  #tick() {
    this.#guide?.tick(this.#now_ms);
    if (this.#phase === "in") this.#draw();
  }

  #draw() {
    const state = this.#state;
    const own = this.#own;
    const { starts_ms, late_after_ms, gone_after_ms } = this.#config;
    const moment = {
      here: this.#here,
      state,
      own,
      quality: this.#call?.quality ?? { line: "good", step: "full" },
      down: this.#call?.room.state === "down",
      messages: this.#chat.count,
      captions: { can: this.#config.captions !== "", count: this.#captions.count },
      speakers: this.#devices.hasSpeakers,
      can_share: canShareScreen(),
      browser: browserName(),
      times: { starts_ms, late_after_ms, gone_after_ms, now_ms: this.#now_ms },
    };
    this.#view.draw(sightOf(moment, this.#words));
    if (this.#phase === "in") this.#seats.draw(state.people);
    const [microphone] = own.stream.getAudioTracks();
    this.#ownWords.take(this.#isCaptioned && own.microphone ? (microphone ?? null) : null);
    drawConsent(part(document, "yes"), state, this.#words);
    if (this.#isHost) drawKnocks(part(document, "knocks"), state.knocking, this.#words);
    // A stream without a picture would keep the page loading for ever.
    const picture = own.camera ? own.stream : null;
    for (const mirror of document.querySelectorAll("video[data-self]")) {
      if (!(mirror instanceof HTMLVideoElement) || mirror.srcObject === picture) continue;
      mirror.srcObject = picture;
      if (picture) void mirror.play().catch(() => {});
    }
  }
}

customElements.define(
  "bw-live-room",
  class extends HTMLElement {
    connectedCallback() {
      new LiveRoom(this);
    }
  },
);
