// The object page: opens the deep zoom when somebody asks for it (nothing of it is loaded before), copies addresses and citations.

const stage = document.querySelector("[data-stage]");
let viewer;

async function openViewer(opener, detail) {
  const { openViewer: open } = await import(stage.dataset.viewer);
  viewer ??= await open(stage, stage.dataset.library);
  viewer.show(opener, detail);
}

// The detail that somebody shared, as long as its view is the one on the page.
function shared() {
  const box = stage.dataset.detail?.split(",").map(Number);
  delete stage.dataset.detail;
  return box;
}

if (stage) {
  stage.querySelectorAll("[data-open-viewer]").forEach((opener) => {
    opener.addEventListener("click", async (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      try {
        await openViewer(opener, shared());
      } catch {
        location.assign(opener.href); // the plain picture is always there
      }
    });
  });
  if (stage.dataset.detail) openViewer(stage.querySelector(".stage-bar [data-open-viewer]"), shared()).catch(() => {}); // the link to its picture stays
  // The thumbnail of the view that is shown stands in sight.
  const current = stage.querySelector(".views [aria-current]");
  if (current) {
    const strip = current.closest("ol");
    const [one, all] = [current.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollLeft += one.left + one.width / 2 - all.left - all.width / 2; // whichever way the book is read
  }
}

document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  const name = button.innerHTML;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.innerHTML = name; }, 2000);
    } catch {
      source.focus(); // not allowed: the text is selected to be copied by hand
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
    }
  });
});

// The IIIF sign, dragged into a viewer, brings the manifest in every form that viewers take.
document.querySelectorAll("[data-iiif-manifest]").forEach((sign) => {
  sign.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/uri-list", sign.href);
    event.dataTransfer.setData("text/plain", sign.dataset.iiifManifest);
    event.dataTransfer.effectAllowed = "copyLink";
  });
});
