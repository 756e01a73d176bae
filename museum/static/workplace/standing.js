// The side panel “Completeness and publication” is asked for each time it is opened, and after the form has saved itself, so that it speaks of what was saved last.

for (const panel of document.querySelectorAll("[data-side-panel=record]")) {
  const fetched = async () => {
    const place = panel.querySelector("[data-standing]"); // there once a new object is saved
    if (panel.hidden || !place) return;
    try {
      const answer = await fetch(place.dataset.standing, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(answer.statusText);
      place.innerHTML = await answer.text();
    } catch {
      place.textContent = place.dataset.failed;
    }
  };

  panel.addEventListener("show", () => queueMicrotask(fetched));
  document.addEventListener("w-autosave:success", fetched);
  fetched();
}
