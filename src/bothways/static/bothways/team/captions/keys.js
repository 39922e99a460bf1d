/**
 * Keys of the editor, as its sheet of keys names them. Those of one character count in the timeline only; while somebody
 * writes, every character is a character (WCAG 2.1.4).
 */

/**
 * @typedef {"toggle" | "play" | "back" | "forward" | "picture_back" | "picture_on" | "previous" | "next" | "start" | "end"
 *   | "split" | "join" | "insert" | "remove" | "undo" | "redo" | "to_timeline" | "to_words" | "closer" | "farther" | "fit"
 *   | "help" | "less" | "more" | "much_less" | "much_more"} Command
 */

/** @type {Record<string, Command>} */
const EVERYWHERE = {
  F4: "toggle",
  F8: "start",
  F9: "end",
  "Ctrl+Enter": "play",
  "Alt+Enter": "split",
  "Alt+Shift+Enter": "join",
  "Alt+ArrowUp": "previous",
  "Alt+ArrowDown": "next",
  "Alt+PageUp": "back",
  "Alt+PageDown": "forward",
  "Alt+Shift+PageUp": "picture_back",
  "Alt+Shift+PageDown": "picture_on",
  "Ctrl+z": "undo",
  "Ctrl+Shift+z": "redo",
  "Ctrl+y": "redo",
};

/** @type {Record<string, Command>} */
const TIMELINE = {
  ArrowLeft: "less",
  ArrowRight: "more",
  "Shift+ArrowLeft": "much_less",
  "Shift+ArrowRight": "much_more",
  ArrowUp: "previous",
  ArrowDown: "next",
  Enter: "to_words",
  Delete: "remove",
  Backspace: "remove",
  Insert: "insert",
  " ": "toggle",
  k: "toggle",
  j: "back",
  l: "forward",
  ",": "picture_back",
  ".": "picture_on",
  p: "play",
  "[": "start",
  "]": "end",
  s: "split",
  m: "join",
  n: "insert",
  "+": "closer",
  "=": "closer",
  "-": "farther",
  0: "fit",
  "?": "help",
};

/** @type {Record<string, Command>} */
const TIME = { ArrowUp: "more", ArrowDown: "less", "Shift+ArrowUp": "much_more", "Shift+ArrowDown": "much_less" };

/**
 * @param {KeyboardEvent} event
 * @param {"timeline" | "time" | "words" | "elsewhere"} where
 * @returns {Command | undefined}
 */
export function commandOf(event, where) {
  if (event.isComposing) return undefined;
  const isCharacter = event.key.length === 1;
  const key = isCharacter ? event.key.toLowerCase() : event.key;
  // AltGr only makes characters: [ on many keyboards. Where it is held, browsers tell of Ctrl and Alt as well.
  const isMade = isCharacter && event.getModifierState("AltGraph");
  const control = (event.ctrlKey || event.metaKey) && !isMade;
  // Shift is in the character already, but for letters with a modifier.
  const shift = event.shiftKey && (!isCharacter || control) ? "Shift+" : "";
  const pressed = `${control ? "Ctrl+" : ""}${event.altKey && !isMade ? "Alt+" : ""}${shift}${key}`;
  if (pressed === "Escape" && (where === "words" || where === "time")) return "to_timeline";
  const own = where === "timeline" ? TIMELINE[pressed] : where === "time" ? TIME[pressed] : undefined;
  return own ?? EVERYWHERE[pressed];
}
