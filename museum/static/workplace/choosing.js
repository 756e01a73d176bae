// Where the keyboard stands in a form: in the new row, on the button of a row that was moved, in the search field of a chooser's window, and afterwards at the field for which it was opened.

const { words } = JSON.parse(document.getElementById("workplace-addresses").textContent);
const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]):not(.language-map__add), textarea:not([disabled]), .unchosen button";
const shown = (element) => element.getClientRects().length > 0;

// a new row
document.addEventListener("w-formset:added", (event) => {
  [...event.target.querySelectorAll(FIELDS)].find(shown)?.focus();
});

// what happened to a row, for those who do not see it
const said = Object.assign(document.createElement("div"), { className: "w-sr-only" });
said.setAttribute("role", "status");
document.body.append(said);
const tell = (text, facts) => (said.textContent = text.replace(/\{(\w+)\}/g, (_mark, name) => facts[name]));

const nameOf = (row) => row.querySelector(".row-card__heading, [data-panel-heading]")?.textContent.trim().replace(/\s+/g, " ") ?? "";
const rowsOf = (row) => [...row.parentElement.children].filter((other) => !other.classList.contains("deleted"));

// a row that was taken away: the one in its place, else the button that adds one. Wagtail hides it after a while.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[id$='-DELETE-button']")?.closest("[data-inline-panel-child]");
  if (!row) return;
  const rows = rowsOf(row).filter((other) => other !== row);
  tell(words.removed, { row: nameOf(row), left: rows.length });
  const next = rows.find((other) => row.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) ?? rows.at(-1);
  const add = document.getElementById(row.parentElement.id.replace(/-FORMS$/, "-ADD"));
  (next?.querySelector("[id$='-DELETE-button']") ?? add)?.focus();
});

// a row that was moved takes its button along; at the end of the way its heading has the focus, so that one press more does nothing. Wagtail has moved it by now, and numbered all rows anew.
let held = null;
document.addEventListener(
  "click",
  (event) => {
    const row = event.target.closest?.("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]")?.closest("[data-inline-panel-child]");
    held = row && { row, name: nameOf(row) };
  },
  true,
);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]");
  if (!button || !held) return;
  const { row, name } = held;
  const rows = rowsOf(row);
  (button.disabled ? row.querySelector("[id$='-heading']") : button).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  tell(words.moved, { row: name, place: rows.indexOf(row) + 1, count: rows.length });
  row.querySelector("input[name$='-ORDER']")?.dispatchEvent(new Event("change", { bubbles: true })); // Wagtail changes it in silence
});

// a chooser's window, and the one that is opened out of its tab “Add new” (a new term's vocabulary, a new place's broader one). Wagtail knows one window
// only and throws away the first, with all that was typed: it waits outside of the page, and is there again when the second closes.
let chooser = null;
const waiting = [];

document.addEventListener(
  "click",
  (event) => {
    const opened = event.target.closest?.("[data-chooser-action-choose]")?.closest(".chooser");
    if (!opened) return;
    const first = opened.closest("body > .modal");
    if (first) {
      waiting.push({ first, chooser });
      first.remove();
    }
    chooser = opened;
  },
  true,
);

const $ = window.jQuery;
$?.(document).on("shown.bs.modal", (event) => event.target.querySelector("[role=tabpanel]:not([hidden]) #id_q, #id_q")?.focus());
$?.(document).on("hidden.bs.modal", () => {
  const before = waiting.pop();
  if (before) {
    document.body.append(before.first);
    document.body.classList.add("modal-open"); // the page behind it does not scroll
  }
  if (chooser?.isConnected && (before || !document.activeElement || document.activeElement === document.body))
    chooser.querySelector(chooser.classList.contains("blank") ? ".unchosen button" : ".chosen button")?.focus();
  if (before) chooser = before.chooser;
});

// a calendar closes with the field that opened it: it would cover what comes next
document.addEventListener("keydown", (event) => {
  if (event.key === "Tab" && $?.(event.target).data("xdsoft_datetimepicker")) $(event.target).datetimepicker("hide");
});
