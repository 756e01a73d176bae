// A form saves itself while it is being filled. Once a button was pressed it no longer does, and a button waits until what is on its way has arrived:
// both at the same time would be two versions, of which the second is told that somebody else made the first.

let sent = false;
let underway = false;
let waiting = null; // the button that was pressed meanwhile
let timer = null;
const PATIENCE = 10_000; // milliseconds: what has not arrived by then may never do; if it does, the server tells of two versions and nothing is lost

const form = () => document.querySelector("#w-editor-form, #page-edit-form"); // of a record, of a page

document.addEventListener(
  "submit",
  (event) => {
    if (event.target !== form() || !underway) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    timer ??= setTimeout(arrived, PATIENCE);
    waiting = { name: event.submitter?.name, value: event.submitter?.value };
  },
  true,
);
document.addEventListener("submit", (event) => {
  if (event.target === form()) queueMicrotask(() => (sent = !event.defaultPrevented));
});
document.addEventListener("w-autosave:save", (event) => {
  if (sent || waiting) event.preventDefault();
  else if (!event.defaultPrevented) underway = true;
});
window.addEventListener("pageshow", () => (sent = false)); // back from the page that followed

function arrived() {
  clearTimeout(timer);
  timer = null;
  underway = false;
  if (!waiting) return;
  const { name, value } = waiting;
  waiting = null;
  // the button itself may be closed by now, and a closed button is not sent
  if (name) form().append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  form().requestSubmit();
}

// The version that the form has made by saving itself is its own: the button is not told of it as of somebody else's.
document.addEventListener("w-autosave:success", (event) => {
  const { revision_id: id, revision_created_at: written } = event.detail.data;
  for (const [name, value] of id ? Object.entries({ loaded_revision_id: id, loaded_revision_created_at: written }) : []) {
    const field = form().elements.namedItem(name) ?? Object.assign(document.createElement("input"), { type: "hidden", name });
    if (!field.isConnected) form().append(field);
    field.value = value;
  }
  arrived();
});
document.addEventListener("w-autosave:error", arrived);

// Wagtail takes the form for untouched as it is two seconds after it was opened. Who types at once, and then no more, would be saved by nobody.
let early = false;
const typed = (event) => { early ||= event.isTrusted && event.target.form === form(); };
document.addEventListener("input", typed);
document.addEventListener("w-unsaved:watch-edits", (event) => {
  document.removeEventListener("input", typed);
  if (early) event.target.dataset.wUnsavedForceValue = "true";
  early = false;
});

// Who has read that somebody else saved meanwhile, and goes on, is not told a second time.
document.addEventListener(
  "w-dialog:confirmed",
  (event) => {
    const told = document.querySelector("[data-w-session-intercept-value=conflict]");
    if (event.target.id !== "w-save-confirmation-dialog" || !told || form().elements.namedItem("conflict_known")) return;
    form().append(Object.assign(document.createElement("input"), { type: "hidden", name: "conflict_known", value: "1" }));
  },
  true,
);
