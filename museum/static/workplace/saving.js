// Once a button of the form was pressed, the form no longer saves itself: both would be on their way at the same time.

let sent = false;

document.addEventListener("submit", (event) => {
  if (event.target.id === "w-editor-form") queueMicrotask(() => (sent = !event.defaultPrevented));
});
document.addEventListener("w-autosave:save", (event) => {
  if (sent) event.preventDefault();
});
window.addEventListener("pageshow", () => (sent = false)); // back from the page that followed
