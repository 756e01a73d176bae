// Panes that move together: each shows the same part of its own picture, at the same share of its whole.

export class Link {
  constructor(panes) {
    this.panes = panes;
    this.on = true;
    this.busy = false;
    this.follow = (event) => this.moved(event.detail.pane);
    for (const pane of panes) pane.addEventListener("viewport-change", this.follow);
  }

  /** The pane that the visitor moves leads; the others follow without animation. */
  moved(leader) {
    if (!this.on || this.busy || leader !== this.leader || !leader.opened.length) return;
    this.busy = true;
    const share = part(leader);
    for (const pane of this.panes) if (pane !== leader && pane.opened.length) place(pane, share);
    this.busy = false;
  }

  end() {
    for (const pane of this.panes) pane.removeEventListener("viewport-change", this.follow);
  }
}

function part({ viewport }) {
  const home = viewport.getHomeBounds();
  const centre = viewport.getCenter(true);
  return {
    across: (centre.x - home.x) / home.width,
    down: (centre.y - home.y) / home.height,
    zoom: viewport.getZoom(true) / viewport.getHomeZoom(),
    rotation: viewport.getRotation(true),
  };
}

function place({ viewport }, { across, down, zoom, rotation }) {
  const home = viewport.getHomeBounds();
  const { Point } = window.OpenSeadragon;
  viewport.setRotation(rotation, true);
  viewport.zoomTo(viewport.getHomeZoom() * zoom, null, true);
  viewport.panTo(new Point(home.x + across * home.width, home.y + down * home.height), true);
}
