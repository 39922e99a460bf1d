/**
 * Asks for a reason only where one is needed: while every setting is as usual, the field stays out of sight.
 *
 * A setting says what is usual in `data-usual`, and in `data-worse` which side of it is worse: "less", "more", "other",
 * or "checked" for a choice that is worse by itself. What another choice has put out of sight does not count.
 * Without this script the field is always there, and the server decides.
 */

// What only a recorded step has. Drawn before the reason, which leaves out what is hidden here.
for (const part of document.querySelectorAll("[data-recorded]")) {
  const form = part.closest("form");
  const draw = () => {
    const kind = /** @type {HTMLInputElement | null} */ (form?.querySelector("input[name=kind]:checked"));
    /** @type {HTMLElement} */ (part).hidden = kind?.value === "live";
  };
  form?.addEventListener("input", draw);
  draw();
}

for (const holder of document.querySelectorAll("[data-reason]")) {
  const form = holder.closest("form");
  const settings = form?.querySelectorAll("[data-usual]") ?? [];
  const field = holder.querySelector("textarea");
  const draw = () => {
    const needed = [...settings].some(
      (setting) => !setting.closest("[hidden]") && isWorse(/** @type {HTMLInputElement} */ (setting)),
    );
    /** @type {HTMLElement} */ (holder).hidden = !needed && !field?.value && !holder.querySelector(".error");
  };
  form?.addEventListener("input", draw);
  draw();
}

// What belongs to one kind of answer only is there while that kind is chosen.
for (const part of document.querySelectorAll("[data-kind]")) {
  const form = part.closest("form");
  const draw = () => {
    const kind = /** @type {HTMLInputElement | null} */ (form?.querySelector("input[name=answer_kind]:checked"));
    const isWrong = part.querySelector(".error") !== null;
    /** @type {HTMLElement} */ (part).hidden = !isWrong && kind?.value !== /** @type {HTMLElement} */ (part).dataset.kind;
  };
  form?.addEventListener("input", draw);
  draw();
}

/** @param {HTMLInputElement | HTMLSelectElement} setting */
function isWorse(setting) {
  const { usual = "", worse = "other" } = setting.dataset;
  const value = setting instanceof HTMLInputElement && setting.type === "checkbox" ? String(setting.checked) : setting.value;
  if (worse === "checked") return setting instanceof HTMLInputElement && setting.checked;
  if (worse === "less") return Number(value) < Number(usual);
  if (worse === "more") return Number(value) > Number(usual);
  return value !== usual;
}
