/** What a moment of the room looks like: words and marks for the page. Pure. */

import { clock } from "./parts.js";

/** @typedef {import("./state.js").RoomState} RoomState */
/** @typedef {import("../recorder/strings.js").Words} Words */
/** @typedef {import("../recorder/view.js").Sight} Sight */
/** @typedef {Pick<import("./types.js").Config, "starts_ms" | "late_after_ms" | "gone_after_ms" | "now_ms">} Times */

/**
 * @typedef {"asking" | "opening" | "seeing" | "blocked" | "connecting" | "waiting" | "in" | "ended" | "removed"
 *   | "replaced" | "refused" | "left"} Phase
 *
 * @typedef {object} Here  What only this page knows.
 * @property {Phase} phase
 * @property {import("../recorder/types.js").Heard} heard
 * @property {"good" | "failed" | null} relay
 * @property {boolean} self_view
 * @property {boolean} writing
 * @property {number} unread
 * @property {boolean} refused  we said no to being recorded
 * @property {boolean} lost  a device is gone
 * @property {string} refusal  what the server said no to, in words
 * @property {string} said
 * @property {"guide" | "answers" | "card"} view
 * @property {number} sending  pieces of our recording that are not on the server yet
 * @property {boolean} sent  some have got there
 *
 * @typedef {object} Moment
 * @property {Here} here
 * @property {RoomState} state
 * @property {{camera: boolean, microphone: boolean, hasMicrophone: boolean, screen: unknown, trouble: string | null}} own
 * @property {{line: string, step: string}} quality
 * @property {boolean} down
 * @property {number} messages
 * @property {{can: boolean, count: number}} captions
 * @property {boolean} speakers
 * @property {boolean} can_share
 * @property {string} browser
 * @property {Times} times
 */

/** @type {Phase[]} */
export const OVER = ["ended", "removed", "replaced", "refused", "left"];

/** @type {Here} */
export const BEFORE = {
  phase: "asking",
  heard: null,
  relay: null,
  self_view: true,
  writing: false,
  unread: 0,
  refused: false,
  lost: false,
  refusal: "",
  said: "",
  view: "guide",
  sending: 0,
  sent: false,
};

/** @param {Moment} moment @param {Words} words @returns {Sight} */
export function sightOf(moment, words) {
  const { here, state } = moment;
  const hosts = state.hosts.map(({ name }) => name).join(", ");
  return {
    phase: here.phase,
    flags: { ...ownFlags(moment), ...roomFlags(moment) },
    texts: {
      heard: words(`heard_${here.heard ?? "waiting"}`),
      clock: timeWords(state.ends_ms, moment.times, words),
      waiting: hosts ? words("hosts_there", { names: hosts }) : words(alone(moment.times)),
      consent_needs: words("consent_needs", { n: state.people.length + 1 }),
      captions_by: captionsWords(state, words),
      captions_without: withoutCaptions(state, words),
      asked: state.asked?.text ?? "",
      unread: String(here.unread),
      refusal: here.refusal,
      said: here.said,
    },
  };
}

/**
 * What is to be said to who waits alone: it is not time yet, they are late, or nobody has to wait any longer.
 * @param {Times} times
 */
function alone({ starts_ms, late_after_ms, gone_after_ms, now_ms }) {
  const late_ms = now_ms - starts_ms;
  if (late_ms < late_after_ms) return "nobody_there";
  return late_ms < gone_after_ms ? "nobody_came" : "nobody_will_come";
}

/** @param {Moment} moment */
function ownFlags({ here, own, quality, speakers, can_share, browser }) {
  return {
    camera: own.camera,
    microphone: own.microphone,
    has_microphone: own.hasMicrophone,
    muted: !own.microphone,
    sharing: own.screen !== null,
    can_share,
    speakers,
    self_view: here.self_view,
    heard_good: here.heard === "good",
    heard_quiet: here.heard === "quiet",
    heard_waiting: here.heard === null,
    relay_good: here.relay === "good",
    relay_failed: here.relay === "failed",
    [`trouble_${own.trouble}`]: own.trouble !== null,
    [`browser_${browser}`]: true,
    low: quality.step === "low",
    voice_only: quality.step === "voice",
    device_lost: here.lost,
  };
}

/** @param {Moment} moment */
function roomFlags({ here, state, quality, down, messages, captions }) {
  return {
    captions: captions.can,
    captions_on: state.reads,
    captions_said: captions.count > 0,
    captions_without: state.people.some((person) => !person.captioned),
    captioning: state.reads || state.people.some((person) => person.reads),
    captioned: state.captioned,
    down,
    company: state.people.length > 0,
    hosts_here: state.hosts.length > 0,
    knocking: state.knocking.length > 0,
    [`line_${quality.line}`]: true,
    recording: state.recording !== null && here.phase === "in",
    wish: state.wish,
    agreed: state.agreed,
    refused: here.refused,
    asked: state.asked !== null,
    writing: here.writing,
    unread: here.unread > 0,
    messages: messages > 0,
    uploading: here.sending > 0,
    uploaded: here.sending === 0 && here.sent,
    has_refusal: here.refusal !== "",
    view_guide: here.view === "guide",
    view_answers: here.view === "answers",
    view_card: here.view === "card",
  };
}

/** Who reads along. @param {import("./state.js").RoomState} state @param {Words} words */
function captionsWords({ reads, people }, words) {
  const names = people.filter((person) => person.reads).map(({ name }) => name);
  const others = names.length > 1 ? words("captions_more", { names: names.join(", ") }) : words("captions_one", { name: names[0] ?? "" });
  return [reads ? words("captions_you") : "", names.length ? others : ""].filter(Boolean).join(" ");
}

/** Whose words stay out of it. @param {import("./state.js").RoomState} state @param {Words} words */
function withoutCaptions({ people }, words) {
  const names = people.filter((person) => !person.captioned).map(({ name }) => name);
  return names.length ? words("captions_without", { names: names.join(", ") }) : "";
}

/**
 * So far, and how much is left; nobody is hurried when it is over.
 *
 * @param {number} ends_ms
 * @param {Times} times
 * @param {Words} words
 */
function timeWords(ends_ms, { starts_ms, now_ms }, words) {
  const before = Math.ceil((starts_ms - now_ms) / 60_000);
  if (before > 0) return words("starts_in", { n: before });
  const left = Math.ceil((ends_ms - now_ms) / 60_000);
  return `${clock(now_ms - starts_ms)} · ${left > 0 ? words("minutes_left", { n: left }) : words("time_is_up")}`;
}
