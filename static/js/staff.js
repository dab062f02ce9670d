// Makes the staff pages quicker to work with. All of them work without it.

document.documentElement.dataset.js = "";

// --- Lists: tick all, and how many are ticked -----------------------------------------------

const all = document.getElementById("action-toggle");
const ticks = [...document.querySelectorAll("input.action-select")];
const count = document.querySelector(".actions__count");

function countTicked() {
  const ticked = ticks.filter((tick) => tick.checked).length;
  if (all) {
    all.checked = ticked > 0 && ticked === ticks.length;
    all.indeterminate = ticked > 0 && ticked < ticks.length;
  }
  if (count) {
    const words = ticked === 1 ? count.dataset.one : count.dataset.many.replace("#", ticked);
    count.textContent = ticked ? words : "";
  }
}

all?.addEventListener("change", () => {
  for (const tick of ticks) tick.checked = all.checked;
  countTicked();
});
for (const tick of ticks) tick.addEventListener("change", countTicked);
if (ticks.length) countTicked();

// --- Lists: an open filter closes with Escape, or with a press elsewhere ---------------------

const filters = [...document.querySelectorAll(".filter")];
document.addEventListener("keydown", (event) => {
  const open = filters.find((filter) => filter.open);
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const filter of filters) if (!filter.contains(event.target)) filter.open = false;
});

// --- Forms: another contact, another schedule ------------------------------------------------

for (const parts of document.querySelectorAll("[data-parts]")) {
  const template = parts.querySelector(":scope > template");
  const more = parts.querySelector(":scope > .parts__more");
  const total = parts.querySelector(`[name="${parts.dataset.parts}-TOTAL_FORMS"]`);
  if (!template || !more || !total) continue;
  const empty = () => [...parts.querySelectorAll(":scope > .part--new")].some((part) => !part.open);
  const offer = () => { more.hidden = empty(); };
  more.querySelector("button").addEventListener("click", () => {
    const row = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = Number(total.value) + 1;
    more.insertAdjacentHTML("beforebegin", row);
    more.previousElementSibling.querySelector("input:not([type=hidden]), select")?.focus();
    offer();
  });
  parts.addEventListener("toggle", offer, true);
  offer();
}

// --- Forms: names that fit what is being written ---------------------------------------------

const WAIT = 200; // milliseconds after the last key
let waiting = 0;

async function suggest(field) {
  const id = `${field.id}_found`;
  const answer = await fetch(`${field.dataset.find}?q=${encodeURIComponent(field.value)}`);
  if (!answer.ok) return;
  let list = document.getElementById(id);
  if (!list) {
    list = document.createElement("datalist");
    list.id = id;
    field.after(list);
    field.setAttribute("list", id);
  }
  const { found } = await answer.json();
  list.replaceChildren(...found.map((name) => new Option(name, name)));
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("[data-find]") || !field.value.trim()) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(field), WAIT);
});

// --- Answers: a sentence to begin with goes into the message -----------------------------------

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-sentence]");
  if (!button) return;
  event.preventDefault();
  const field = button.form.elements.message;
  field.value = [field.value.trim(), button.textContent].filter(Boolean).join("\n\n");
  field.focus();
});

// --- Forms: what is not saved is not lost by a press of another button -----------------------

const form = document.querySelector("form[data-guard]");
if (form) {
  let changed = form.querySelector(".problems") !== null;
  let leaving = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { leaving = true; });
  for (const other of document.querySelectorAll("form[data-guarded]")) {
    other.addEventListener("submit", (event) => {
      if (!changed) return;
      event.preventDefault();
      let said = other.querySelector(".errorlist");
      if (!said) {
        said = document.createElement("p");
        said.className = "errorlist";
        said.setAttribute("role", "alert");
        other.append(said);
      }
      said.textContent = form.dataset.guard;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
}

// A link to a part, as from the list of problems, opens it.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  target?.closest?.("details")?.setAttribute("open", "");
}
window.addEventListener("hashchange", openTarget);
openTarget();
