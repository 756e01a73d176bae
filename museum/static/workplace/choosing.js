// After a choice the keyboard stays at its field: the button that opened the window may be hidden by then, and the focus would fall to the top of the page.

let chooser = null;

document.addEventListener("click", (event) => {
  chooser = event.target.closest?.("[data-chooser-action-choose]")?.closest(".chooser") ?? chooser;
});

window.jQuery?.(document).on("hidden.bs.modal", () => {
  if (!chooser?.isConnected || (document.activeElement && document.activeElement !== document.body)) return;
  chooser.querySelector(chooser.classList.contains("blank") ? ".unchosen button" : ".chosen button")?.focus();
});
