// The comparison: opens all pictures side by side at once; without script they stand one beside the other.

const stage = document.querySelector("[data-stage]");

try {
  const { openViewer } = await import(stage.dataset.viewer);
  const viewer = await openViewer(stage, stage.dataset.library);
  viewer.show();
  document.body.classList.add("comparing");
} catch (error) {
  console.warn(error); // the plain pictures stay
}
