/**
 * Notes pinned to the second that plays, to a stretch, or to words of the transcript. They stand in a list under the
 * rating and as marks on the player's line. What an earlier page could not bring up goes up from any page of the room.
 */

import { Autosave } from "../../elements/autosave.js";
import { isWriting } from "../../player/keys.js";
import { Marks } from "../../player/marks.js";
import { readStrings } from "../../recorder/strings.js";
import { nameOf, PinRow } from "./pin-row.js";
import { markedWords, wordsOfLine } from "./quoting.js";

/** @typedef {import("../../player/player.js").Player} Player */
/** @typedef {import("./pin-row.js").Facts} Facts */
/** @typedef {import("./pin-row.js").Room} Room */
/** @typedef {import("./quoting.js").Quote} Quote */
/** @typedef {Facts & {key: string, revision: number}} Note */
/** @typedef {Room & {duration_ms: number, is_open: boolean, notes: Note[]}} Config */

const words = readStrings(document);
/** @type {Config} */
let config;
/** @type {Room} */
let room;
/** @type {HTMLElement | null} */
let section;
/** @type {HTMLElement | null} */
let list;
/** @type {Player | null} */
let player;
/** @type {HTMLElement | null} */
let spoken;
/** @type {Marks | null} */
let marks;
/** @type {PinRow[]} */
let rows = [];
/** Notes of other questions. @type {{autosave: Autosave, place: number}[]} */
let left = [];
/** @type {PinRow | null} */
let lastRemoved = null;
/** Said until something else is written: what could not be done. */
let hint = "";
/** Ends what listens outside of the page's own parts. */
let gone = new AbortController();

/** @param {number} milliseconds */
function jump(milliseconds) {
  player?.seek(milliseconds / 1000);
}

/** @param {Facts} facts */
function described(facts) {
  const name = nameOf(facts, words);
  const says = facts.text || facts.quote?.text;
  return says ? words("pin_says", { pin: name, text: says }) : name;
}

function drawMarks() {
  const noted = rows.filter((row) => !row.facts.removed);
  marks?.show(noted.map((row) => ({ key: row.key, ...row.facts, words: described(row.facts) })));
}

/** The rows as the list has them: in the order of their times. */
function sort() {
  rows.sort((one, other) => one.facts.start_ms - other.facts.start_ms);
}

/** @param {string} name */
function part(name) {
  return /** @type {HTMLElement} */ (section?.querySelector(`[data-part=${name}]`));
}

/** @param {string} said @param {"done" | "half" | "late"} is */
function tell(said, is) {
  part("pin-told").hidden = false;
  part("pin-status").dataset.is = is;
  if (part("pin-status").textContent !== said) part("pin-status").textContent = said;
}

/** One line for all rows: what is worst. */
function tellState() {
  if (hint) return tell(hint, "late");
  const order = /** @type {const} */ (["overtaken", "stopped", "unsaved", "saving"]);
  const state = order.find((one) => rows.some((row) => row.state === one)) ?? "saved";
  const row = rows.find((one) => one.state === state);
  const is = state === "saved" ? "done" : state === "saving" ? "half" : "late";
  const isSaid = state === "overtaken" || state === "stopped";
  tell(isSaid ? row?.said || words("signed_out") : words(state), is);
}

const on = {
  changed() {
    hint = "";
    on.heard();
  },
  heard() {
    drawMarks();
    tellState();
    part("pin-undo").hidden = !lastRemoved?.facts.removed;
  },
  /** @param {PinRow} row */
  removed(row) {
    lastRemoved = row;
    part("pin-undo").hidden = false;
    const next = rows.slice(rows.indexOf(row)).find((one) => !one.facts.removed);
    (next?.area ?? part("pin-undo")).focus({ preventScroll: true });
    tell(words("pin_removed"), "half");
  },
  /** @param {PinRow} row */
  until(row) {
    const end = Math.min(Math.ceil(player?.media?.currentTime ?? 0) * 1000, config.duration_ms);
    if (end > row.facts.start_ms) return row.change({ end_ms: end });
    hint = words("pin_end");
    tellState();
  },
  /** @param {PinRow} row */
  jump(row) {
    jump(row.facts.start_ms);
  },
};

/**
 * @param {Facts} facts
 * @param {string} [key]
 */
function added(facts, key = crypto.randomUUID()) {
  const blank = /** @type {HTMLTemplateElement} */ (part("pin-blank"));
  const item = /** @type {HTMLElement} */ (blank.content.firstElementChild?.cloneNode(true));
  const row = new PinRow(item, key, facts, 0, room, on);
  const after = rows.find((one) => one.facts.start_ms > facts.start_ms);
  list?.insertBefore(item, after?.item ?? null);
  rows.push(row);
  sort();
  return row;
}

/** @param {Quote | null} [quote] */
function pin(quote = null) {
  const now = Math.floor(player?.media?.currentTime ?? 0) * 1000;
  const start = quote ? quote.start_ms : Math.min(now, config.duration_ms);
  const end = quote ? Math.min(quote.end_ms, config.duration_ms) : null;
  const empty = rows.find(({ facts }) => !quote && !facts.removed && facts.start_ms === start && !facts.text && !facts.quote);
  const row =
    empty ?? added({ start_ms: start, end_ms: end, text: "", quote: quote && { ...quote, end_ms: end ?? 0 }, removed: false });
  if (!empty) row.change({}, 0);
  row.area.focus();
}

function pinHere() {
  const line = document.activeElement?.closest("ol.transcript > li");
  pin(line ? wordsOfLine(line) : null);
}

/** Drafts that an earlier page could not bring up: here into their rows, those of other questions from behind. */
function takeUp() {
  for (const stored of Object.keys(localStorage)) {
    if (!stored.startsWith(config.drafts)) continue;
    const [question, key] = stored.slice(config.drafts.length).split(":");
    if (question && key && question === config.question && section) restore(stored, key);
    else sendFromBehind(stored);
  }
}

/** @param {string} stored @param {string} key */
function restore(stored, key) {
  const row = rows.find((one) => one.key === key);
  const kept = row?.autosave.kept() ?? behind(stored).kept();
  if (!kept || (!row && !section?.querySelector("[data-part=pin-blank]"))) return;
  (row ?? added({ .../** @type {any} */ (kept.draft) }, key)).restore(kept);
}

/** @param {string} stored */
function behind(stored) {
  return new Autosave({
    url: config.save_url,
    csrf_token: config.csrf_token,
    key: stored,
    revision: 0,
    onState: () => {},
  });
}

/** @param {string} stored */
function sendFromBehind(stored) {
  const autosave = behind(stored);
  const kept = autosave.kept();
  if (!kept) return;
  autosave.revision = kept.revision;
  left.push({ autosave, place: Number(kept.draft.place) });
  autosave.change(kept.draft, 0);
}

/** Whoever goes on takes everything along that can go, and hands nothing in that is not there. @param {SubmitEvent} event */
async function goingOn(event) {
  const unsaved = () => [...left, ...rows].filter(({ autosave }) => !autosave.isSaved);
  if (!unsaved().length) return;
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const isHandingIn = button?.name === "submit";
  if (!isHandingIn && !rows.some((row) => row.state === "unsaved" || row.state === "saving")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.all(unsaved().map(({ autosave }) => autosave.flush()));
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!isHandingIn && !rows.some((row) => row.state === "unsaved")) return form.requestSubmit(button);
  if (!isHandingIn) return;
  if (!unsaved().length) return form.requestSubmit(button);
  const places = [...new Set(left.filter(({ autosave }) => !autosave.isSaved).map(({ place }) => place))];
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-part=status]"));
  status.dataset.is = "late";
  status.textContent = words("pins_left", { places: places.sort((one, other) => one - other).join(", ") });
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Escape" && section?.contains(target) && isWriting(target)) return target.blur();
  if (isWriting(target) || event.key.toLowerCase() !== "m" || !section || !player) return;
  event.preventDefault();
  pinHere();
}

function offerWords() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-part=pin-words]"));
  if (!button || !spoken) return;
  button.hidden = false;
  const heard = spoken;
  document.addEventListener("selectionchange", () => (button.disabled = !markedWords(heard)), { signal: gone.signal });
  // A button that takes the focus would take the marking away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const marked = markedWords(heard);
    if (marked) pin(marked);
  });
}

function open() {
  rows = config.notes.flatMap(({ key, revision, ...facts }) => {
    const item = /** @type {HTMLElement | null} */ (list?.querySelector(`[data-pin="${key}"]`) ?? null);
    return item ? [new PinRow(item, key, facts, revision, room, on)] : [];
  });
  drawMarks();
  const here = section?.querySelector("[data-part=pin-here]");
  here?.removeAttribute("hidden");
  here?.addEventListener("click", pinHere);
  // The list stands in the rating's form, whose own script keeps the rating.
  section?.addEventListener("input", (event) => event.stopPropagation());
  part("pin-undo").addEventListener("click", () => {
    lastRemoved?.change({ removed: false }, 0);
    lastRemoved?.area.focus();
  });
  offerWords();
  addEventListener("keydown", pressed, { signal: gone.signal });
}

/** A scorecard that is handed in: the notes are read, and lead to their seconds. */
function show() {
  const noted = config.notes.map((note) => ({ ...note, words: described(note) }));
  marks?.show(noted);
  section?.querySelectorAll("[data-part=jump]").forEach((link, at) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      jump(noted[at]?.start_ms ?? 0);
    });
  });
}

/** Words that another device did not know of when it handed in: nothing takes them any more, but they can be read. */
function showLeft() {
  const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-part=pins-left]"));
  for (const stored of Object.keys(localStorage)) {
    if (!stored.startsWith(`${config.drafts}${config.question}:`)) continue;
    const draft = /** @type {any} */ (behind(stored).kept()?.draft);
    const isThere = config.notes.some(({ key, text }) => key === draft?.key && text === draft.text);
    if (!box || !draft || draft.removed || isThere || !(draft.text || draft.quote)) continue;
    const item = document.createElement("li");
    item.dir = "auto";
    item.textContent = described(draft);
    box.querySelector("ul")?.append(item);
    box.hidden = false;
  }
}

/** The page as it came, or the next answer that round.js has brought into it. */
function begin() {
  gone.abort();
  gone = new AbortController();
  config = JSON.parse(document.getElementById("pin-config")?.textContent ?? "{}");
  room = { ...config, words };
  section = document.querySelector("[data-part=pinned]");
  list = section?.querySelector("[data-part=pins]") ?? null;
  player = /** @type {Player | null} */ (document.querySelector("bw-player"));
  spoken = document.querySelector("ol.transcript");
  [rows, left, lastRemoved, hint] = [[], [], null, ""];
  const bar = /** @type {HTMLElement | null} */ (player?.querySelector("[data-part=bar]") ?? null);
  marks = bar && config.duration_ms ? new Marks(bar, config.duration_ms, words("pins"), ({ start_ms }) => jump(start_ms)) : null;
  if (section && config.is_open) open();
  else if (section) show();
  if (config.is_open) takeUp();
  else showLeft();
  document.querySelector("form[data-rating]")?.addEventListener("submit", (event) => void goingOn(/** @type {SubmitEvent} */ (event)), {
    capture: true,
  });
}

begin();
document.addEventListener("bw-turn", begin);
