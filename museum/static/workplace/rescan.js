// While a turned picture or a new scan is being made, look again every two seconds; nothing that was typed or chosen is lost by it.

const PAGE = ".rescan";
const FRESH = 2000;

async function look() {
  const here = document.querySelector(PAGE);
  const file = here.querySelector("input[type=file]");
  const answer = file?.files.length ? null : await fetch(window.location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(PAGE);
    if (fresh && fresh.outerHTML !== here.outerHTML) {
      const focused = document.activeElement;
      const held = here.contains(focused) ? [focused.form?.elements.act?.value, focused.name, focused.value] : null;
      here.replaceWith(fresh);
      if (held) [...fresh.querySelectorAll("button")].find((each) => each.name === held[1] && each.value === held[2] && each.form?.elements.act?.value === held[0])?.focus();
    }
  }
  wait();
}

function wait() {
  if (document.querySelector(PAGE)?.dataset.unfinished === "true") setTimeout(look, FRESH);
}

wait();
