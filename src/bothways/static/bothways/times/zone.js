/**
 * The form that says in which zone times are shown. Where the server does not know it yet, the device tells; where it knows
 * another one, the choice stands open with the device's own already picked, and nothing happens by itself.
 */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-zone]"));
const field = /** @type {HTMLSelectElement | null} */ (form?.querySelector("select[name=time_zone]"));
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

if (form && field && timeZone && timeZone !== form.dataset.zone) {
  const known = [...field.options].some((option) => option.value === timeZone);
  if (known) field.value = timeZone;
  if (known && form.dataset.guess !== undefined) form.submit();
  else if (known) form.querySelector("details")?.setAttribute("open", "");
}
