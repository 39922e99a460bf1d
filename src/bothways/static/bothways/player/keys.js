/** Keys of the player, for the whole page, but never while somebody writes or a control wants the key itself. */

/** @typedef {"toggle" | "back" | "forward" | "slower" | "faster" | "full"} Command */

/** @type {Record<string, Command>} */
const COMMANDS = { " ": "toggle", k: "toggle", j: "back", l: "forward", "<": "slower", ">": "faster", f: "full" };

/**
 * @param {(command: Command) => void} run
 * @param {AbortSignal} signal
 */
export function listen(run, signal) {
  addEventListener(
    "keydown",
    (event) => {
      const command = COMMANDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!command || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || (event.key === " " && wantsSpace(event.target))) return;
      event.preventDefault();
      run(command);
    },
    { signal },
  );
}

/** @param {EventTarget | null} target */
export function isWriting(target) {
  if (!(target instanceof HTMLElement)) return false;
  const types = ["text", "search", "email", "number", "url"];
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable ||
    (target instanceof HTMLInputElement && types.includes(target.type))
  );
}

/** @param {EventTarget | null} target */
function wantsSpace(target) {
  if (!(target instanceof HTMLElement)) return false;
  // A picked rung does nothing more on space, so that it plays; an unpicked one is picked.
  if (target instanceof HTMLInputElement && target.type === "radio") return !target.checked;
  return target.matches("button, a, summary, input:not([type=range])");
}
