// The map moves without the page being loaded anew; a result that is looked at lights its pin.
// Without this, each way to move is a link like any other, and the list says where things are.

const map = document.getElementById("map");
let latest = 0;

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
    if (way) (map.querySelector(`a[data-way="${way}"]`) ?? map.querySelector(".map__ways a")).focus();
  } catch {
    location.assign(address);
  }
}

map.addEventListener("click", (event) => {
  const link = event.target.closest(".map__ways a");
  if (!link || "leaves" in link.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href, link.dataset.way ?? "closer");
});

// --- Pulled along with a mouse; a finger scrolls the page ------------------------------------

map.addEventListener("pointerdown", (start) => {
  const picture = start.target.closest(".map__picture");
  if (!picture || start.pointerType !== "mouse" || start.button !== 0) return;
  let [across, down] = [0, 0];
  const move = (event) => {
    [across, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
    for (const part of picture.children) part.style.translate = `${across}px ${down}px`;
  };
  const drop = () => {
    picture.ownerDocument.removeEventListener("pointermove", move);
    if (Math.hypot(across, down) < 8) {
      for (const part of picture.children) part.style.translate = "";
      return;
    }
    // A pull that ends on a pin is no press of it.
    picture.addEventListener("click", (event) => event.preventDefault(), { once: true });
    const metres = Number(map.dataset.width) / picture.clientWidth;
    const [east, north] = map.dataset.at.split(",").map(Number);
    const address = new URL(location.href);
    const at = [east - across * metres, north + down * metres].map((side) => Math.max(0, Math.round(side)));
    address.searchParams.set("at", at.join(","));
    address.searchParams.set("zoom", map.dataset.zoom);
    show(address.href);
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
