// The map that can be dragged: Leaflet over our own drawing, or over tiles that an operator chose.
// map.js fetches this when somebody asks for it.

// How much of the map a press of a key or of a button moves it.
const STRIDE = 1 / 3;
const WAYS = { west: [-STRIDE, 0], east: [STRIDE, 0], north: [0, -STRIDE], south: [0, STRIDE] };
const KEYS = {
  ArrowLeft: "west",
  ArrowRight: "east",
  ArrowUp: "north",
  ArrowDown: "south",
  "+": "closer",
  "=": "closer",
  "-": "further",
};
// Nothing slides, fades or bounces.
const STILL = { zoomAnimation: false, fadeAnimation: false, inertia: false };

function style(address) {
  const link = document.createElement("link");
  return new Promise((done, failed) => {
    Object.assign(link, { rel: "stylesheet", href: address, onload: done, onerror: failed });
    // Before ours, which has the last word.
    document.head.prepend(link);
  });
}

// --- What lies beneath: our own drawing ------------------------------------------------------

async function landAt(data, spot, zoom) {
  // From steps rather than from just here, so that neighbours are told the same.
  const step = data.widest / 2 ** (zoom / 2) / 4;
  const [north, east] = spot.map((side) => Math.round(Math.round(side / step) * step));
  const answer = await fetch(`${data.land}?at=${east},${north}&zoom=${zoom}`);
  if (!answer.ok) throw new Error(answer.status);
  const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const [south, west, top, right] = read.documentElement.dataset.covers.split(" ").map(Number);
  return { zoom, picture: document.adoptNode(read.documentElement), covers: [[south, west], [top, right]] };
}

class Land {
  // `shown` is called when another picture has been put beneath.
  constructor(map, data, first, shown) {
    Object.assign(this, { map, data, shown });
    this.put(first);
    map.on("moveend", () => this.follow());
  }

  put(land) {
    const layer = L.svgOverlay(land.picture, land.covers, { pane: "tilePane" }).addTo(this.map);
    this.layer?.remove();
    Object.assign(this, { layer, zoom: land.zoom });
    this.shown();
  }

  async follow() {
    const zoom = Math.round(this.map.getZoom() * 2);
    if (zoom === this.zoom && this.layer.getBounds().contains(this.map.getBounds())) return;
    const { lat, lng } = this.map.getCenter();
    const turn = (this.turn = (this.turn ?? 0) + 1);
    // Until it comes, and if it does not, the last one stays.
    const land = await landAt(this.data, [lat, lng], zoom).catch(() => null);
    if (land && turn === this.turn) this.put(land);
  }
}

// --- The map itself --------------------------------------------------------------------------

function measured(data, width) {
  if (data.tiles) return { crs: L.CRS.EPSG3857, minZoom: 8, maxZoom: 18 };
  // Metres on the grid, so that the land is as large as it was drawn.
  const scale = width / data.widest;
  const transformation = new L.Transformation(scale, 0, -scale, 0);
  return { crs: { ...L.CRS.Simple, transformation }, minZoom: 0, maxZoom: data.closest / 2, zoomSnap: 0.5 };
}

function ground(map, data, first, shown) {
  if (!data.tiles) return new Land(map, data, first, shown);
  // The other host learns which site this is, as many ask to know, and never what was searched.
  return L.tileLayer(data.tiles, { attribution: data.attribution, referrerPolicy: "origin" }).addTo(map);
}

// The site's own words for where the map is: “at” and “zoom”.
function where(map, data) {
  const { lat, lng } = map.getCenter();
  const { x, y } = map.getSize();
  const across = map.distance(map.containerPointToLatLng([0, y / 2]), map.containerPointToLatLng([x, y / 2]));
  const zoom = Math.round(2 * Math.log2(data.widest / across));
  return {
    at: data.tiles ? `${lat.toFixed(5)},${lng.toFixed(5)}` : `${Math.round(lng)},${Math.round(lat)}`,
    zoom: Math.min(Math.max(zoom, 0), data.closest),
  };
}

function address(start, map, data) {
  const made = new URL(start, location.href);
  for (const [name, value] of Object.entries(where(map, data))) made.searchParams.set(name, value);
  return made;
}

function steer(map, data, ways) {
  const go = (way) => {
    const { x, y } = map.getSize();
    if (way === "closer") map.zoomIn(1);
    else if (way === "further") map.zoomOut(1);
    else if (way === "all") map.fitBounds(data.all, { animate: false });
    else map.panBy([WAYS[way][0] * x, WAYS[way][1] * y], { animate: false });
  };
  ways.addEventListener("click", (event) => {
    const way = event.target.closest("[data-way]")?.dataset.way;
    if (way) go(way);
  });
  // Leaflet's own keys slide, work on the map alone and not on its pins, and “+” leaps.
  map.getContainer().addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(KEYS[event.key]);
  });
  map.on("moveend", () => {
    const here = address(location.href, map, data);
    history.replaceState(null, "", here);
    ways.querySelector("a").href = address(data.area, map, data);
  });
}

// A button that has the focus must keep it: it is greyed and not switched off.
function ends(map, ways) {
  const [closer, further] = ["closer", "further"].map((way) => ways.querySelector(`[data-way="${way}"]`));
  const mark = () => {
    closer.ariaDisabled = map.getZoom() >= map.getMaxZoom() ? "true" : null;
    further.ariaDisabled = map.getZoom() <= map.getMinZoom() ? "true" : null;
  };
  map.on("zoomend", mark);
  mark();
}

// A wheel turns the page until the map has been taken up; a drag that ends on a pin is no press.
function behave(map) {
  const box = map.getContainer();
  box.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  box.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  box.addEventListener(
    "click",
    (event) => {
      if (event.detail && map.dragging.moved()) event.preventDefault();
    },
    true,
  );
}

// `section` is the drawn map; `by` is how far it had been pulled when this was asked for; `again`
// is added to the address of each part.
export async function open(section, by, again) {
  const { dataset } = section.querySelector(".map__drag");
  const data = JSON.parse(dataset.map);
  const [[south, west], [north, east]] = data.box;
  const zoom = Number(section.dataset.zoom);
  const land = data.tiles ? null : landAt(data, [(south + north) / 2, (west + east) / 2], zoom);
  const [first, { Pins, uncover }] = await Promise.all([
    land,
    import(dataset.pins + again),
    import(dataset.leaflet + again),
    style(dataset.style),
  ]);
  const parts = section.querySelector("template").content.cloneNode(true);
  const [box, ways] = parts.children;
  const picture = section.querySelector(".map__picture");
  const width = picture.clientWidth;
  picture.replaceWith(box);
  section.querySelector(".map__ways").replaceWith(ways);
  for (const gone of section.querySelectorAll(".map__offer, .map__off")) gone.remove();
  for (const shown of section.querySelectorAll(".map__rings")) shown.hidden = false;
  for (const ours of section.querySelectorAll(".map__drawn")) ours.hidden = Boolean(data.tiles);

  const map = L.map(box, {
    ...STILL,
    ...measured(data, width),
    keyboard: false,
    zoomControl: false,
    boxZoom: false,
    scrollWheelZoom: false,
    attributionControl: false,
  });
  if (data.attribution) L.control.attribution({ prefix: false }).addTo(map);
  map.fitBounds(data.box);
  ground(map, data, first, () => uncover(box));
  new Pins(map, data);
  // Nothing is drawn beyond.
  map.on("moveend", () => map.panInsideBounds(data.frame, { animate: false }));
  behave(map);
  steer(map, data, ways);
  ends(map, ways);
  map.panBy([-by[0], -by[1]], { animate: false });
  box.focus({ preventScroll: true });
}
