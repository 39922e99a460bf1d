/**
 * From answer to answer in a round without loading the page anew: the next one is there already when it is asked for. Where it is
 * not, or anything about it is unusual, the browser loads it as any page.
 */

import { isWriting } from "../../player/keys.js";
import { fetchTurn, warmAfter } from "./ahead.js";

/** @typedef {import("./ahead.js").Turn} Turn */

/** @typedef {{url: string, turn: Promise<Turn | null>, gone: AbortController}} Ahead */

/** @type {Ahead | null} */
let ahead = null;
/** On the way already: whoever presses twice does not go twice. */
let isGoing = false;

/** What the page on the screen leads to. */
function look() {
  ahead?.gone.abort();
  ahead = null;
  const url = document.querySelector("[data-turn]")?.getAttribute("data-after");
  if (!url) return;
  const gone = new AbortController();
  const current = /** @type {HTMLMediaElement | null} */ (document.querySelector("bw-player :is(video, audio)"));
  const turn = fetchTurn(url, gone.signal);
  ahead = { url, turn, gone };
  void turn.then((found) => found && warmAfter(found, current, gone.signal));
}

/** @param {Ahead} next */
async function go(next) {
  isGoing = true;
  const turn = await next.turn;
  isGoing = false;
  if (!turn) return location.assign(next.url);
  show(turn);
  history.pushState(null, "", turn.url);
  document.dispatchEvent(new CustomEvent("bw-turn"));
  look();
}

/** @param {Turn} turn */
function show(turn) {
  const before = /** @type {HTMLMediaElement | null} */ (document.querySelector("bw-player :is(video, audio)"));
  document.title = turn.title;
  for (const [id, text] of turn.blocks) {
    const block = document.getElementById(id);
    if (block) block.textContent = text;
  }
  document.querySelector(".lane")?.replaceWith(turn.lane);
  document.querySelector("main")?.replaceWith(turn.main);
  // Its line to the server is needed for others; browsers have few.
  before?.removeAttribute("src");
  before?.replaceChildren();
  before?.load();
  for (const src of turn.scripts) {
    const script = document.createElement("script");
    script.type = "module";
    script.src = src;
    script.dataset.beginsAgain = "";
    document.body.append(script);
  }
  scrollTo(0, 0);
  // Whoever listens hears whose answer it is; whoever looks sees no focus on a heading that is hidden.
  const heading = /** @type {HTMLElement} */ (turn.main.querySelector("h1") ?? turn.main);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

addEventListener("bw-go", (event) => {
  if (!isGoing && ahead?.url !== /** @type {CustomEvent<string>} */ (event).detail) return;
  event.preventDefault();
  if (!isGoing && ahead) void go(ahead);
});
// What stands behind "back" was exchanged, so it is loaded.
addEventListener("popstate", () => location.reload());
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.key.toLowerCase() !== "p") return;
  /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-go=before]"))?.click();
});
look();
