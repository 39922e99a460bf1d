// @ts-check
/** Choose the time zone of this device where nobody has chosen one yet. */
const guessed = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll('select[data-guess="time-zone"]')) {
  if (!(select instanceof HTMLSelectElement)) continue;
  const untouched = ![...select.options].some((option) => option.defaultSelected);
  if (untouched && [...select.options].some((option) => option.value === guessed)) select.value = guessed;
}
