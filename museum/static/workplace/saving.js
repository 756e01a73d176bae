// Once a button of the form was pressed, the form no longer saves itself: both would be on their way at the same time.

let sent = false;

document.addEventListener("submit", (event) => {
  if (event.target.id === "w-editor-form") queueMicrotask(() => (sent = !event.defaultPrevented));
});
document.addEventListener("w-autosave:save", (event) => {
  if (sent) event.preventDefault();
});
window.addEventListener("pageshow", () => (sent = false)); // back from the page that followed

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
