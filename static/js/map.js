// The map moves without the page being loaded anew; a result that is looked at lifts its pin.
// Without this, each way to move is a link like any other, and the list says where things are.
// Whoever asks for it, or pulls at the map with a mouse, gets one that can be dragged.

const map = document.getElementById("map");
let latest = 0;
let failed = 0;

// --- Another window of the same map ----------------------------------------------------------

async function show(address, way) {
  const turn = ++latest;
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("map");
    // Somebody was quicker than the network: only the last tap counts.
    if (turn !== latest || !next) return;
    map.replaceChildren(...next.childNodes);
    Object.assign(map.dataset, next.dataset);
    history.replaceState(null, "", address);
    offer();
    if (way) (map.querySelector(`a[data-way="${way}"]`) ?? map.querySelector(".map__ways a")).focus();
  } catch {
    location.assign(address);
  }
}

map.addEventListener("click", (event) => {
  const link = event.target.closest(".map__ways a[href$='#map']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href, link.dataset.way ?? "closer");
});

// --- A map that can be dragged: fetched for those who ask for it -----------------------------

function offer() {
  map.querySelector(".map__offer").hidden = false;
}

async function live(by = [0, 0]) {
  const button = map.querySelector(".map__drag");
  const problem = map.querySelector(".map__problem");
  if (button.ariaBusy) return;
  button.ariaBusy = "true";
  problem.hidden = true;
  // A window that is still on its way would take the place of this map.
  latest += 1;
  try {
    // A browser may remember that an address did not come, and not ask for it again.
    const again = failed ? `?again=${failed}` : "";
    const { open } = await import(button.dataset.module + again);
    await open(map, by, again);
  } catch {
    failed += 1;
    pull(map.querySelector(".map__picture"), 0, 0);
    button.ariaBusy = null;
    problem.hidden = false;
  }
}

map.addEventListener("click", (event) => {
  if (event.target.closest(".map__drag")) live();
});
offer();

// --- Pulled at with a mouse; a finger scrolls the page ---------------------------------------

function pull(picture, across, down) {
  for (const part of picture.children) part.style.translate = across || down ? `${across}px ${down}px` : "";
}

map.addEventListener("pointerdown", (start) => {
  const picture = start.target.closest(".map__picture");
  if (!picture || start.pointerType !== "mouse" || start.button !== 0) return;
  let by = [0, 0];
  const move = (event) => {
    by = [event.clientX - start.clientX, event.clientY - start.clientY];
    pull(picture, ...by);
  };
  const drop = () => {
    document.removeEventListener("pointermove", move);
    if (Math.hypot(...by) < 8) {
      pull(picture, 0, 0);
      return;
    }
    // A pull that ends on a pin is no press of it.
    picture.addEventListener("click", (event) => event.preventDefault(), { once: true });
    live(by);
  };
  start.preventDefault();
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop, { once: true });
});

// --- A result and its pin --------------------------------------------------------------------

function light(card, on) {
  for (const pin of map.querySelectorAll(`.pin a[href="#${card.id}"]`)) pin.classList.toggle("lit", on);
}

for (const card of document.querySelectorAll(".card[id]")) {
  card.addEventListener("mouseenter", () => light(card, true));
  card.addEventListener("mouseleave", () => light(card, false));
  card.addEventListener("focusin", () => light(card, true));
  card.addEventListener("focusout", () => light(card, false));
}
