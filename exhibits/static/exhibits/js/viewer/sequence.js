// The order of the pages: which ones are open together, and which comes next. Indices count the pages from 0 in reading order.

/** Arrays of page indices that are open together. Paged: the cover alone, then two and two; a page marked `alone` stands by itself. */
export function openings(pages, paged) {
  if (!paged) return pages.map((_, index) => [index]);
  const found = [];
  let waiting = [];
  pages.forEach((page, index) => {
    if (index === 0 || page.alone) {
      if (waiting.length) found.push(waiting);
      waiting = [];
      found.push([index]);
    } else {
      waiting.push(index);
      if (waiting.length === 2) {
        found.push(waiting);
        waiting = [];
      }
    }
  });
  if (waiting.length) found.push(waiting);
  return found;
}

/** The number of the opening that holds a page. */
export function openingOf(all, index) {
  return Math.max(0, all.findIndex((opening) => opening.includes(index)));
}

/** Where pages lie side by side in a world whose pages are 1 high: [{ index, x, width }], the first one read right-most in right-to-left books. */
export function laidOut(opening, pages, backwards) {
  const order = backwards ? [...opening].reverse() : opening;
  let x = 0;
  return order.map((index) => {
    const width = pages[index].width / pages[index].height;
    const place = { index, x, width };
    x += width;
    return place;
  });
}

/** The page that somebody means: its label, else its number (from 1). -1 when there is none. */
export function pageNamed(pages, wanted) {
  const text = wanted.trim().toLocaleLowerCase();
  if (!text) return -1;
  const labelled = pages.findIndex((page) => page.label.toLocaleLowerCase() === text);
  if (labelled >= 0) return labelled;
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= pages.length ? Number(text) - 1 : -1;
  return pages.findIndex((page) => page.label.toLocaleLowerCase().split(/[\s.:,–]+/).includes(text));
}
