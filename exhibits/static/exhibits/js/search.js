// The search page without reloading: each state is its own address; Back and Forward show what was there, focus stays where it was.

import { slide } from "./years.js";

const area = document.querySelector("[data-search]");
const wide = matchMedia("(min-width: 900px)");
let asking;

function part(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

async function load(address) {
  asking?.abort();
  asking = new AbortController();
  area.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    return part(await answer.text());
  } finally {
    area.removeAttribute("aria-busy");
  }
}

// Which folds the visitor has opened or closed, and what had the focus, survive the change.
function remember() {
  const folds = Object.fromEntries([...area.querySelectorAll("[data-filter]")].map((fold) => [fold.dataset.filter, fold.open]));
  const active = document.activeElement?.closest("[data-key]");
  return { folds, sheet: area.querySelector("[data-filters]")?.open, key: area.contains(active) ? active.dataset.key : undefined, inside: area.contains(document.activeElement) };
}

function restore({ folds, sheet, key, inside }) {
  area.querySelectorAll("[data-filter]").forEach((fold) => { if (fold.dataset.filter in folds) fold.open = folds[fold.dataset.filter]; });
  const filters = area.querySelector("[data-filters]");
  if (filters && sheet) filters.open = true;
  if (!inside) return;
  const same = key && area.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (same || area.querySelector("#results-heading")).focus({ preventScroll: Boolean(same) });
}

function put(page) {
  const kept = remember();
  area.replaceChildren(...page.querySelector("[data-search]").childNodes);
  document.title = page.title;
  page.querySelectorAll(".languages a").forEach((link, place) => {
    const here = document.querySelectorAll(".languages a")[place];
    if (here) here.href = link.href;
  });
  const box = document.querySelector("#masthead-q");
  if (box) box.value = page.querySelector("#masthead-q").value;
  slide(area);
  restore(kept);
  openBeside();
  area.querySelector("[data-results-status]").textContent = area.querySelector("#results-heading").textContent;
}

async function go(address, push) {
  try {
    const page = await load(address);
    if (push) history.pushState({ search: true }, "", address);
    put(page);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

// Names go to the names, works to the works; what stands there first is what the first page had.
function append(list) {
  const fresh = [...list.children];
  const there = area.querySelector(`[data-hits="${list.dataset.hits}"]`);
  if (!there) area.querySelector("[data-hits]")[list.dataset.hits === "names" ? "before" : "after"](list);
  else {
    there.append(...fresh);
    for (const bare of ["labels", "unpictured"]) if (!list.classList.contains(bare)) there.classList.remove(bare);
  }
  return fresh;
}

async function more(link) {
  try {
    const page = await load(link.href);
    const fresh = [...page.querySelectorAll("[data-hits]")].flatMap(append);
    area.querySelector(".pages").replaceWith(page.querySelector(".pages"));
    keep();
    fresh[0]?.querySelector("a").focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(link.href);
  }
}

// Back from an object returns to a list that holds all that was loaded.
function keep() {
  try {
    history.replaceState({ search: true, html: area.innerHTML }, "", location.href);
  } catch {
    // more than the browser keeps: Back then shows the first page
  }
}

// Beside the results the filters are open; on a phone they fold.
function openBeside() {
  const filters = area.querySelector("[data-filters]");
  if (filters && wide.matches) filters.open = true;
}

area.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[data-state], a[data-more]");
  if (!link) return;
  event.preventDefault();
  if ("more" in link.dataset) more(link);
  else go(link.href, true);
});
area.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-state-form], .within-filter")) return;
  event.preventDefault();
  const fields = [...new FormData(event.target)].filter(([, value]) => value !== "");
  go(`${event.target.action}?${new URLSearchParams(fields)}`, true);
});
document.addEventListener("click", (event) => {
  const sort = area.querySelector(".sort");
  if (sort?.open && !sort.contains(event.target)) sort.open = false;
});
document.addEventListener("keydown", (event) => {
  const sort = area.querySelector(".sort");
  if (event.key === "Escape" && sort?.open) {
    sort.open = false;
    sort.querySelector("summary").focus();
  }
});
addEventListener("popstate", () => go(location.href, false));
wide.addEventListener("change", openBeside);

if (history.state?.html) {
  const kept = document.createElement("template");
  kept.innerHTML = history.state.html;
  area.replaceChildren(kept.content);
}
slide(area);
openBeside();
