// A batch edit that is tried or on its way: its part of the page is fetched again until it has ended. Without scripts, the page is loaded anew by hand.
const place = document.querySelector("[data-progress]");

async function again() {
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-progress]");
      if (fresh && !place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
      if (!fresh || !("moving" in fresh.dataset)) return location.reload();
    }
  } catch {
    // the museum does not answer for a moment: asked again below
  }
  setTimeout(again, 2000);
}

setTimeout(again, 1500);
