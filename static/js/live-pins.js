// Pins of the map that can be dragged: the same links as on the drawn map, put together by the same
// rules as in assets/map_pins.py, for whatever size Leaflet shows it at.

const SVG = "http://www.w3.org/2000/svg";
// In CSS pixels.
const [HEAD, STEM, CELL, EDGE, COLUMNS, RING, DOT, GAP, AIR] = [34, 10, 28, 4, 5, 25, 4.5, 2, 32];
// Marks lie under pins, whichever of them is further south.
const UNDER = -1e6;

// --- Those that would cover each other share a board -----------------------------------------

function group(map, members) {
  const spots = [...new Map(members.map((one) => [String(one.at), one.at])).values()];
  const points = spots.map((spot) => map.project(spot));
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  const many = members.length;
  const columns = many <= 3 ? many : Math.min(COLUMNS, Math.ceil(Math.sqrt(many * 1.6)));
  const rows = Math.ceil(many / columns);
  const [across, down] = many === 1 ? [HEAD, HEAD] : [columns * CELL + 2 * EDGE, rows * CELL + 2 * EDGE];
  return { members, spots, x, y, across, down, columns };
}

// Above its spot, else below, right, left; a ring rather on it.
function ways(one) {
  const { members, across, down } = one;
  const [left, top] = [-across / 2, -down / 2];
  const sides = [[left, -down - STEM], [left, STEM], [STEM, top], [-across - STEM, top]];
  if (members.length === 1 && members[0].about) sides.unshift([left, top]);
  return sides.map(([left, top]) => ({ ...one, left, top }));
}

// Of head or board and the stem to its spot: west, north, east, south.
function room({ x, y, across, down, left, top }) {
  const half = GAP / 2;
  return [
    x + Math.min(left, 0) - half,
    y + Math.min(top, 0) - half,
    x + Math.max(left + across, 0) + half,
    y + Math.max(top + down, 0) + half,
  ];
}

function cover(one, other) {
  const [a, b] = [room(one), room(other)];
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

const apart = (one, other) => Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));

function together(map, one, other) {
  return group(map, [...one.members, ...other.members].sort((a, b) => a.number - b.number));
}

function atOneSpot(map, pins) {
  const found = [];
  for (const one of pins.map((pin) => group(map, [pin]))) {
    // One head would hide the other's spot.
    const near = found.findIndex((other) => apart(one, other) < HEAD * 0.7);
    if (near < 0) found.push(one);
    else found.push(together(map, one, found.splice(near, 1)[0]));
  }
  return found;
}

function settled(map, pins) {
  let found = atOneSpot(map, pins);
  for (;;) {
    const placed = [];
    const lost = found
      .sort((a, b) => b.members.length - a.members.length)
      .find((one) => {
        const free = ways(one).find((way) => !placed.some((other) => cover(way, other)));
        if (free) placed.push(free);
        return !free;
      });
    if (!lost) return placed.sort((a, b) => a.members[0].number - b.members[0].number);
    // It moves in with the nearest, and all look for a place again.
    const nearest = placed.reduce((best, one) => (apart(one, lost) < apart(best, lost) ? one : best));
    const gone = [lost.members, nearest.members];
    found = [...found.filter((one) => !gone.includes(one.members)), together(map, lost, nearest)];
  }
}

// --- Drawn as they are on the server ---------------------------------------------------------

function draw(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function outline({ members, across, down, left, top }) {
  const bend = members.length > 1 ? 9 : HEAD / 2;
  const corner = `a${bend} ${bend} 0 0 1 `;
  const box =
    `M${left + bend} ${top}h${across - 2 * bend}${corner}${bend} ${bend}v${down - 2 * bend}` +
    `${corner}${-bend} ${bend}h${2 * bend - across}${corner}${-bend} ${-bend}v${2 * bend - down}` +
    `${corner}${bend} ${-bend}z`;
  const deep = Math.floor(bend / 2) + 2;
  if (top + down < 0) return `${box}M0 0L-9 ${top + down - deep}H9z`;
  if (top > 0) return `${box}M0 0L9 ${top + deep}H-9z`;
  if (left > 0) return `${box}M0 0L${left + deep} -9V9z`;
  if (left + across < 0) return `${box}M0 0L${left + across - deep} 9V-9z`;
  return box;
}

function link(pin, x, y, shape) {
  const number = draw("text", { x, y }, String(pin.number));
  const title = draw("title", {}, pin.label);
  return draw("a", { href: `#result-${pin.number}`, "aria-label": pin.label }, title, shape, number);
}

function drawn(one, here) {
  const { members, columns, left, top } = one;
  const board = draw("path", { d: outline(one) });
  const alone = () => link(members[0], left + HEAD / 2, top + HEAD / 2, board);
  if (members.length === 1) return draw("svg", { class: "pin" }, alone());
  const which = new Intl.ListFormat(document.documentElement.lang).format(members.map((pin) => `${pin.number}`));
  const label = here.replace("{count}", members.length).replace("{which}", which);
  const cells = members.map((pin, place) => {
    const x = left + EDGE + CELL / 2 + (place % columns) * CELL;
    const y = top + EDGE + CELL / 2 + Math.floor(place / columns) * CELL;
    return link(pin, x, y, draw("circle", { cx: x, cy: y, r: 14 }));
  });
  return draw("svg", { class: "pin", role: "group", "aria-label": label }, draw("title", {}, label), board, ...cells);
}

// A name that a pin would cut through is left out.
export function uncover(box) {
  const pins = [...box.querySelectorAll(".map__pin :is(path, circle)")].map((one) => one.getBoundingClientRect());
  const names = [...box.querySelectorAll(".words text")];
  const rooms = names.map((name) => name.getBoundingClientRect());
  for (const [place, a] of rooms.entries()) {
    const isCut = pins.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
    names[place].classList.toggle("covered", isCut);
  }
}

// --- Leaflet's side of a pin -----------------------------------------------------------------

function marker(at, picture, zIndexOffset = 0) {
  const box = document.createElement("div");
  box.className = "map__pin";
  box.append(picture);
  const icon = new L.Icon({ iconUrl: "-" });
  Object.assign(icon, { createIcon: () => box, createShadow: () => null });
  return L.marker(at, { icon, zIndexOffset, keyboard: false, interactive: false });
}

export class Pins {
  constructor(map, data) {
    Object.assign(this, { map, data, layer: L.layerGroup().addTo(map), shown: "" });
    if (data.you) marker(data.you.at, you(data.you.label), UNDER).addTo(map);
    this.show();
    map.on("zoomend", () => this.show());
    map.on("resize", () => this.bring(this.focused()));
    document.addEventListener("keydown", () => this.stand(), true);
  }

  show() {
    const found = settled(this.map, this.data.pins);
    const now = found.map((one) => one.members.map((pin) => pin.number).join()).join(" ");
    if (now === this.shown) return;
    this.shown = now;
    const focused = this.focused()?.getAttribute("href");
    this.layer.clearLayers();
    for (const one of found) this.spots(one);
    for (const one of found) {
      const at = this.map.unproject([one.x, one.y]);
      const pin = drawn(one, this.data.here);
      this.layer.addLayer(marker(at, pin));
      // Not on the pin: an SVG that listens for the focus is given it.
      pin.parentNode.addEventListener("focusin", (event) => this.bring(event.target));
    }
    uncover(this.map.getContainer());
    if (focused) this.map.getContainer().querySelector(`a[href="${focused}"]`).focus();
  }

  focused() {
    return document.activeElement?.closest(".map__pin a");
  }

  // Where those of a board are, and about where the hidden ones are.
  spots({ members, spots }) {
    for (const at of spots) {
      const hidden = members.some((pin) => pin.about && String(pin.at) === String(at));
      if (!hidden && spots.length === 1) continue;
      const mark = draw("circle", hidden ? { class: "ring", r: RING } : { class: "dot", r: DOT });
      this.layer.addLayer(marker(at, draw("svg", { class: "mark", "aria-hidden": true }, mark), UNDER));
    }
  }

  // Where the page is while a key does what it does.
  stand() {
    this.stood = [scrollX, scrollY];
    setTimeout(() => (this.stood = null));
  }

  // Whoever comes by keyboard sees where they are.
  bring(link) {
    if (!link?.matches(":focus-visible")) return;
    const box = this.map.getContainer();
    // The browser has moved what is in the box, and the page, to where the pin was: both go back,
    // and from there no further than needed.
    box.scrollTo(0, 0);
    if (this.stood) scrollTo(...this.stood);
    const way = beyond(link.getBoundingClientRect(), box.getBoundingClientRect());
    if (way.some(Boolean)) this.map.panBy(way, { animate: false });
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

// How far `inner`, with some of what lies around it, sticks out of `outer`, right and down.
function beyond(inner, outer) {
  const side = (start, end) =>
    Math.min(inner[start] - AIR - outer[start], 0) || Math.max(inner[end] + AIR - outer[end], 0);
  return [side("left", "right"), side("top", "bottom")];
}

function you(label) {
  const mark = draw("circle", { class: "you", r: 8 });
  return draw("svg", { class: "mark" }, draw("g", { role: "img", "aria-label": label }, draw("title", {}, label), mark));
}
