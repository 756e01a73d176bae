// Where the keyboard stands in a form: in the new row, in the search field of a chooser's window, and afterwards at the field for which it was opened.

const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]):not(.language-map__add), textarea:not([disabled]), .unchosen button";
const shown = (element) => element.getClientRects().length > 0;

// a new row
document.addEventListener("w-formset:added", (event) => {
  [...event.target.querySelectorAll(FIELDS)].find(shown)?.focus();
});

// a row that was taken away: the one in its place, else the button that adds one. Wagtail hides it after a while.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[id$='-DELETE-button']")?.closest("[data-inline-panel-child]");
  if (!row) return;
  const rows = [...row.parentElement.children].filter((other) => other !== row && !other.classList.contains("deleted"));
  const next = rows.find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rows.at(-1);
  const add = document.getElementById(row.parentElement.id.replace(/-FORMS$/, "-ADD"));
  (next?.querySelector("[id$='-DELETE-button']") ?? add)?.focus();
});

// a chooser's window
let chooser = null;

document.addEventListener("click", (event) => {
  chooser = event.target.closest?.("[data-chooser-action-choose]")?.closest(".chooser") ?? chooser;
});

const $ = window.jQuery;
$?.(document).on("shown.bs.modal", (event) => event.target.querySelector("[role=tabpanel]:not([hidden]) #id_q, #id_q")?.focus());
$?.(document).on("hidden.bs.modal", () => {
  if (!chooser?.isConnected || (document.activeElement && document.activeElement !== document.body)) return;
  chooser.querySelector(chooser.classList.contains("blank") ? ".unchosen button" : ".chosen button")?.focus();
});
