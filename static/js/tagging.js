// The keys 1 to 4 press the buttons of the tagging desk, while nobody writes in a field. They can be
// turned off, which is remembered on this device (WCAG 2.1.4). The buttons work without this.

const KEPT_AS = "tagging-keys";
const form = document.querySelector("form[data-keys]");
const choice = document.querySelector("[data-keys-off]");
if (form && choice) {
  const on = choice.querySelector("input");
  choice.hidden = false;
  try {
    on.checked = localStorage.getItem(KEPT_AS) !== "off";
  } catch {
    // A browser that keeps nothing asks anew each time.
  }
  on.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT_AS, on.checked ? "on" : "off");
    } catch {
      // As above.
    }
  });
  document.addEventListener("keydown", (event) => {
    const writes = event.target.matches?.("textarea, select, input:not([type=checkbox])");
    if (!on.checked || writes || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}
