/**
 * Keeps what is typed into a form on this device until it is sent: `<form data-draft="key">`. What the server has put into a
 * field wins. Works for fields to write in; without this script the form is as any other.
 */

/** @param {EventTarget | null} target */
function formOf(target) {
  return target instanceof Element
    ? /** @type {HTMLFormElement | null} */ (target.closest("form[data-draft]"))
    : null;
}

/** @param {HTMLFormElement} form */
function fieldsOf(form) {
  const fields = form.querySelectorAll("textarea, input[type=text]");
  return /** @type {(HTMLTextAreaElement | HTMLInputElement)[]} */ ([...fields]);
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const typed = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  try {
    localStorage.setItem(String(form.dataset.draft), JSON.stringify(typed));
  } catch {
    // No room or no permission: the words stand in the form still.
  }
}

/** @param {HTMLFormElement} form */
function bringBack(form) {
  try {
    const kept = JSON.parse(localStorage.getItem(String(form.dataset.draft)) ?? "{}");
    for (const field of fieldsOf(form)) field.value ||= String(kept[field.name] ?? "");
  } catch {
    // Nothing that can be read: an empty form.
  }
}

/** @param {HTMLFormElement} form */
function forget(form) {
  if (!navigator.onLine) return;
  try {
    localStorage.removeItem(String(form.dataset.draft));
  } catch {
    // What was never kept cannot be forgotten.
  }
}

function begin() {
  for (const form of document.querySelectorAll("form[data-draft]")) bringBack(/** @type {HTMLFormElement} */ (form));
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (form) keep(form);
});
document.addEventListener("submit", (event) => {
  const form = formOf(event.target);
  if (form) forget(form);
});
document.addEventListener("bw-turn", begin);
begin();
