// Once a button of the form was pressed, the form no longer saves itself: both would be on their way at the same time.

let sent = false;

document.addEventListener("submit", (event) => {
  if (event.target.id === "w-editor-form") queueMicrotask(() => (sent = !event.defaultPrevented));
});
document.addEventListener("w-autosave:save", (event) => {
  if (sent) event.preventDefault();
});
window.addEventListener("pageshow", () => (sent = false)); // back from the page that followed

// The version that the form has made by saving itself is its own: the button is not told of it as of somebody else's.
document.addEventListener("w-autosave:success", (event) => {
  const form = document.getElementById("w-editor-form");
  const { revision_id: id, revision_created_at: written } = event.detail.data;
  if (!form || !id) return;
  for (const [name, value] of Object.entries({ loaded_revision_id: id, loaded_revision_created_at: written })) {
    const field = form.elements.namedItem(name) ?? Object.assign(document.createElement("input"), { type: "hidden", name });
    if (!field.isConnected) form.append(field);
    field.value = value;
  }
});

// Who has read that somebody else saved meanwhile, and goes on, is not told a second time.
document.addEventListener(
  "w-dialog:confirmed",
  (event) => {
    const told = document.querySelector("[data-w-session-intercept-value=conflict]");
    const form = document.getElementById("w-editor-form");
    if (event.target.id !== "w-save-confirmation-dialog" || !told || form.elements.namedItem("conflict_known")) return;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "conflict_known", value: "1" }));
  },
  true,
);
