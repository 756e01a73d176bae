// The side panel “Completeness and publication” is asked for each time it is opened, so that it speaks of what was saved last.

for (const place of document.querySelectorAll("[data-standing]")) {
  const panel = place.closest("[data-side-panel]");

  const fetched = async () => {
    try {
      const answer = await fetch(place.dataset.standing, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(answer.statusText);
      place.innerHTML = await answer.text();
    } catch {
      place.textContent = place.dataset.failed;
    }
  };

  panel.addEventListener("show", fetched);
  if (!panel.hidden) fetched();
}
