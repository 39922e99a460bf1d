/**
 * Talking beside an answer: drafts that survive, times that play, people to be named. Everything works as a plain form
 * without this script. What it listens to is the document, because htmx exchanges the thread as a whole.
 */

import { Picker } from "./picker.js";

/** @typedef {import("../../player/player.js").Player} Player */
/** @typedef {{key: string, words: string}} Draft */

const picker = new Picker();
/** The key of what was sent last, until it is seen in the thread. */
let sent = "";
/** The stretch that plays. @type {AbortController | null} */
let stretch = null;

/** @param {EventTarget | null} target */
function formOf(target) {
  return target instanceof Element ? /** @type {HTMLFormElement | null} */ (target.closest("form[data-say]")) : null;
}

/** @param {Element} form */
function areaOf(form) {
  return /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
}

/** @param {Element} form */
function keyOf(form) {
  return /** @type {HTMLInputElement} */ (form.querySelector("input[name=key]"));
}

/** @param {HTMLFormElement} form */
function placeOf(form) {
  return `${/** @type {HTMLElement} */ (form.closest("[data-drafts]")).dataset.drafts}${form.dataset.say}`;
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const words = areaOf(form).value;
  try {
    if (!words) return localStorage.removeItem(placeOf(form));
    localStorage.setItem(placeOf(form), JSON.stringify({ key: keyOf(form).value, words }));
  } catch {
    // No room or no permission: the words stand in the form still.
  }
}

/** @param {HTMLFormElement} form */
function bringBack(form) {
  const place = placeOf(form);
  /** @type {Draft | null} */
  let draft = null;
  try {
    draft = JSON.parse(localStorage.getItem(place) ?? "null");
  } catch {
    return;
  }
  if (!draft?.words) return;
  if (document.querySelector(`[data-key="${CSS.escape(draft.key)}"]`)) return localStorage.removeItem(place);
  if (!areaOf(form).value) areaOf(form).value = draft.words;
  // With the key it was first sent with, so that a sending whose answer was lost does not write it twice.
  keyOf(form).value = draft.key;
  form.closest("details")?.setAttribute("open", "");
}

function begin() {
  for (const form of document.querySelectorAll("form[data-say]")) bringBack(/** @type {HTMLFormElement} */ (form));
  if (!player()) return;
  for (const part of document.querySelectorAll(".thread [data-needs-script]")) part.removeAttribute("hidden");
}

function player() {
  return /** @type {Player | null} */ (document.querySelector("bw-player"));
}

/** @param {HTMLElement} link */
function play(link) {
  const media = player()?.media;
  if (!media) return false;
  stretch?.abort();
  const until = Number(link.dataset.untilMs ?? 0) / 1000;
  player()?.seek(Number(link.dataset.ms) / 1000);
  void media.play().catch(() => {});
  if (!until) return true;
  const one = (stretch = new AbortController());
  media.addEventListener(
    "timeupdate",
    () => {
      if (media.currentTime < until) return;
      // Who has gone on by hand past the end is not stopped.
      if (media.currentTime < until + 1) media.pause();
      one.abort();
    },
    { signal: one.signal },
  );
  return true;
}

/** @param {HTMLFormElement} form */
function takeTime(form) {
  const seconds = Math.floor(player()?.media?.currentTime ?? 0);
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=when]"));
  const now = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const begun = /^\d{1,4}:\d\d$/.test(field.value.trim()) && field.value.trim() !== now;
  field.value = begun ? `${field.value.trim()}-${now}` : now;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  keep(form);
  if (event.target instanceof HTMLTextAreaElement) picker.look(event.target);
});
document.addEventListener("keydown", (event) => {
  if (formOf(event.target) && event.target instanceof HTMLTextAreaElement) picker.key(event, event.target);
});
document.addEventListener("focusout", (event) => {
  if (formOf(event.target) && event.target instanceof HTMLTextAreaElement) picker.close();
});
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = /** @type {HTMLElement | null} */ (target?.closest(".thread a[data-part=jump]") ?? null);
  if (link && play(link)) event.preventDefault();
  const form = target?.closest("[data-part=now]")?.closest("form");
  if (form) takeTime(form);
});
document.addEventListener("submit", (event) => {
  const form = formOf(event.target);
  if (form) sent = keyOf(form).value;
});
document.addEventListener("htmx:after:swap", () => {
  begin();
  if (!sent || document.activeElement !== document.body) return;
  // Where the exchanged form had the focus, what came of it has it now: the comment, or what was wrong with it.
  const arrived = document.querySelector(`.thread [data-key="${CSS.escape(sent)}"]`);
  const refused = document.querySelector(".thread form:has([role=alert]) textarea");
  /** @type {HTMLElement | null} */ (arrived ?? refused)?.focus();
  sent = "";
});
document.addEventListener("bw-turn", begin);
begin();
