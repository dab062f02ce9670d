// Writing an application: what is typed is kept every few seconds, words are counted as the server
// counts them (grants/applying/words.py), and lines are added up. Without this, buttons do it.

const form = document.querySelector("form.apply");
const kept = form.querySelector(".apply__kept");
const PAUSE = 3000;

// --- Words ----------------------------------------------------------------------------------

const WORD = /[^\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

function count() {
  const line = form.querySelector(".apply__count");
  if (!line) return;
  const { of, one, many } = line.dataset;
  const number = (form.querySelector("textarea").value.match(WORD) ?? []).length;
  line.textContent = number === 1 ? `${one} ${of}` : `${number} ${many} ${of}`;
  line.classList.toggle("apply__count--over", number > Number(of));
}

// --- Sums, in pence ---------------------------------------------------------------------------

const AMOUNT = /^£? ?(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:\.(\d{2}))?$/;

function pence(typed) {
  const found = AMOUNT.exec(typed.trim());
  return found ? Number(found[1].replaceAll(",", "")) * 100 + Number(found[2] ?? 0) : 0;
}

function sum() {
  const line = form.querySelector(".apply__sum");
  if (!line) return;
  const fields = [...form.querySelectorAll("input[name$='-asked']")];
  const all = fields.reduce((total, field) => total + pence(field.value), 0);
  const pounds = (all / 100).toLocaleString("en-GB", { minimumFractionDigits: 2 }).replace(/\.00$/, "");
  line.textContent = `${line.dataset.sum} £${pounds}`;
  line.hidden = false;
}

// --- Kept as you go ---------------------------------------------------------------------------

let timer;
let saving = Promise.resolve();
let last = 0;
let onItsWay = 0;

async function keep() {
  const turn = ++last;
  onItsWay += 1;
  const typed = new FormData(form);
  typed.set("do", "keep");
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body: typed });
    // Signed out, sent by a colleague, or changed by one: the button tells.
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const { base } = await answer.json();
    form.elements.base.value = base;
    if (turn === last) kept.textContent = form.dataset.saved;
  } catch {
    kept.textContent = form.dataset.notSaved;
  } finally {
    onItsWay -= 1;
  }
}

form.addEventListener("input", () => {
  count();
  sum();
  kept.textContent = "";
  clearTimeout(timer);
  // One after the other: the second has to know what the first has changed.
  timer = setTimeout(() => (saving = saving.then(keep)), PAUSE);
});
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!onItsWay) return;
  // What is on its way comes first; then the button that was pressed.
  event.preventDefault();
  saving.then(() => form.requestSubmit(event.submitter));
});
count();
sum();
