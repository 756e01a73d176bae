// A form that was sent and refused begins with the list of what is to be mended: it has the focus, the first tab with a mistake is open, and a link leads into its field.

const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]):not(.language-map__add), textarea:not([disabled]), .unchosen button, .chosen button";
const SETTLED = 300; // in a tab just opened, long texts take their height first
const shown = (element) => element.getClientRects().length > 0;

// tabs, panels and details around a field
function reveal(element) {
  for (let at = element; at; at = at.parentElement) {
    if (at.matches("[role=tabpanel][hidden]")) document.getElementById(at.getAttribute("aria-labelledby"))?.click();
    else if (at.matches(".w-dialog[aria-hidden=true]")) document.querySelector(`[data-a11y-dialog-show="${at.id}"]`)?.click();
    else if (at.matches("details:not([open])")) at.open = true;
    else if (at.matches("[data-panel]")) at.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
  }
}

// Wagtail opens a tab after a moment, and closes the other one after that.
async function isShown(element) {
  const tab = element.closest("[role=tabpanel]");
  const ready = () => shown(element) && [...(tab?.parentElement.children ?? [])].every((other) => other === tab || !shown(other));
  for (let frame = 0; frame < 60 && !ready(); frame += 1) await new Promise(requestAnimationFrame);
}

async function go(element) {
  const box = element.closest("[data-field]") ?? element.closest("[data-inline-panel-child]") ?? element;
  reveal(element);
  await isShown(box);
  const field = element.matches(`button, ${FIELDS}`) && shown(element) ? element : [...box.querySelectorAll(FIELDS)].find(shown);
  field?.focus({ preventScroll: true });
  const there = () => (field ?? box).scrollIntoView({ block: "center" });
  there();
  setTimeout(() => document.activeElement === field && there(), SETTLED);
}

const lists = [...document.querySelectorAll("[data-mistakes]")];
const target = (link) => document.getElementById(link.hash.slice(1));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-mistakes] a");
  if (!link || !target(link)) return;
  event.preventDefault();
  go(target(link));
});

function begin() {
  const first = lists.flatMap((list) => [...list.querySelectorAll("a")]).map(target).find((field) => field && !field.closest(".w-dialog"));
  if (first) reveal(first);
  lists[0].focus();
  lists[0].scrollIntoView({ block: "start" });
}
if (lists.length && document.readyState === "complete") begin();
else if (lists.length) window.addEventListener("load", begin);
