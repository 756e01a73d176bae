// What a rule for synonyms would change, asked for while it is being written.

const PAUSE = 400;
const box = document.getElementById("synonym-effects");
const form = box?.closest("form");
let stop = null;

async function show() {
  stop?.abort();
  const mine = new AbortController();
  stop = mine;
  await new Promise((done) => setTimeout(done, PAUSE));
  const words = form.elements.namedItem("words").value;
  if (mine.signal.aborted || !words.trim()) return;
  const values = new URLSearchParams({
    words,
    direction: form.elements.namedItem("direction").value,
    active: form.elements.namedItem("active").checked ? "yes" : "no",
    pk: box.dataset.record,
  });
  try {
    const answer = await fetch(`${box.dataset.address}?${values}`, { signal: mine.signal });
    if (answer.ok) box.querySelector("[data-effects]").innerHTML = await answer.text();
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

if (form) {
  for (const name of ["words", "direction", "active"]) form.elements.namedItem(name).addEventListener("input", show);
  show();
}
