// An object that somebody else keeps closed can be read and not filled in: what was typed could not be saved. The buttons below it stay, and send the form whole.

const form = document.body.classList.contains("content-locked") ? document.getElementById("w-editor-form") : null;
if (form) {
  const fields = "input:not([type=hidden]), select, textarea";
  const buttons = "[id$='-ADD'], .row-card__controls button, .chooser__choose-button, .chosen .w-dropdown__toggle";
  const closed = [...form.querySelectorAll(`.tab-content :is(${fields}, ${buttons})`)].filter((element) => !element.disabled);
  for (const element of closed) element.disabled = true;
  const open = () => closed.forEach((element) => (element.disabled = false));
  form.addEventListener("submit", open, true);
}
