// The search page without reloading: each state is its own address; Back and Forward show what was there, where it was; focus stays.

import { slide } from "./years.js";

const area = document.querySelector("[data-search]");
const status = document.querySelector("[data-results-status]");
const wide = matchMedia("(min-width: 900px)");
let asking;

function part(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

async function load(address) {
  asking?.abort();
  const mine = (asking = new AbortController());
  area.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    return part(await answer.text());
  } finally {
    if (asking === mine) area.removeAttribute("aria-busy");
  }
}

// What stands in the browser's history beside an address: how far it was scrolled, what had the focus, all that was loaded.
function note(values) {
  try {
    history.replaceState({ ...history.state, search: true, ...values }, "", location.href);
  } catch {
    // more than the browser keeps: Back then shows the first page
  }
}

// A control is known by its key, a card by its address.
function name(element) {
  const found = element?.closest("[data-key], a[href]");
  return found && area.contains(found) ? found.dataset.key ?? found.getAttribute("href") : undefined;
}

function named(wanted) {
  return wanted && area.querySelector(`[data-key="${CSS.escape(wanted)}"], a[href="${CSS.escape(wanted)}"]`);
}

// Which folds the visitor has opened or closed survives the change.
function remember() {
  const folds = Object.fromEntries([...area.querySelectorAll("[data-filter]")].map((fold) => [fold.dataset.filter, fold.open]));
  const { activeElement } = document;
  return { folds, sheet: area.querySelector("[data-filters]")?.open, focus: name(activeElement), inside: area.contains(activeElement) };
}

function restore({ folds, sheet, focus, inside }) {
  area.querySelectorAll("[data-filter]").forEach((fold) => { if (fold.dataset.filter in folds) fold.open = folds[fold.dataset.filter]; });
  const filters = area.querySelector("[data-filters]");
  if (filters && sheet) filters.open = true;
  if (!inside) return;
  const same = named(focus);
  (same ?? area.querySelector("#results-heading")).focus({ preventScroll: Boolean(same) });
}

function put(page, back) {
  const kept = remember();
  area.replaceChildren(...page.querySelector("[data-search]").childNodes);
  document.title = page.title;
  page.querySelectorAll(".languages a").forEach((link, place) => {
    const here = document.querySelectorAll(".languages a")[place];
    if (here) here.href = link.href;
  });
  const box = document.querySelector("#masthead-q");
  if (box) box.value = page.querySelector("#masthead-q").value;
  dress(back?.html);
  restore({ ...kept, ...(back?.focus && { focus: back.focus, inside: true }) });
  if (back) scrollTo(scrollX, back.y ?? 0);
  status.textContent = area.querySelector("#results-heading").textContent;
}

// The list as it was left, with all that was loaded.
function dress(html) {
  const kept = html && part(`<div data-search>${html}</div>`).querySelector("[data-search]");
  if (kept) area.replaceChildren(...kept.childNodes);
  area.querySelector("[data-slider]")?.replaceChildren();
  slide(area);
  openBeside();
}

async function go(address) {
  try {
    const page = await load(address);
    note({ y: scrollY, focus: name(document.activeElement) });
    history.pushState({ search: true }, "", address);
    put(page);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

async function back(state) {
  try {
    put(await load(location.href), state);
  } catch (error) {
    if (error.name !== "AbortError") location.reload();
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
    const pages = page.querySelector(".pages");
    status.textContent = pages.dataset.shown;
    area.querySelector(".pages").replaceWith(pages);
    note({ html: area.innerHTML });
    fresh[0]?.querySelector("a").focus({ preventScroll: true });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(link.href);
  }
}

// Beside the results the filters are open; on a phone they fold.
function openBeside() {
  const filters = area.querySelector("[data-filters]");
  if (filters && wide.matches) filters.open = true;
}

area.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a[href]");
  if (!link) return;
  if (!("state" in link.dataset) && !("more" in link.dataset)) return note({ y: scrollY, focus: name(link) });
  event.preventDefault();
  if ("more" in link.dataset) more(link);
  else go(link.href);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-search] [data-state-form], [data-search] .within-filter, .masthead-search form")) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  go(`${form.action}?${new URLSearchParams(fields)}`);
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
// Where a state was left by Back and Forward is not told beforehand: how far it was scrolled is noted whenever scrolling rests.
let resting;
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(() => note({ y: scrollY }), 200);
}, { passive: true });
addEventListener("popstate", (event) => {
  clearTimeout(resting);
  back(event.state ?? {});
});
wide.addEventListener("change", openBeside);

dress(history.state?.html);
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") named(history.state?.focus)?.focus({ preventScroll: true });
