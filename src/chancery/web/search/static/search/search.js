// The search box. htmx brings the results; here they open and close, and the arrow keys walk them.
// Every result is a link, so Enter needs no help once one has focus.

const input = document.querySelector("#search");
const found = document.querySelector("#found");

const links = () => [...found.querySelectorAll("a.current, li > a")].filter((a, i, all) => all.indexOf(a) === i);
const asked = () => input.value.trim();
const answered = () => found.querySelector("[data-question]")?.dataset.question ?? "";

const close = () => {
  found.hidden = true;
};

const open = () => {
  if (asked() && answered() === asked()) found.hidden = false;
};

const mark = (link) => {
  for (const other of links()) other.classList.toggle("current", other === link);
};

const step = (by) => {
  const all = links();
  const at = all.indexOf(document.activeElement) + by;
  if (at < 0) {
    input.focus();
    mark(all[0]);
  } else {
    all[Math.min(at, all.length - 1)]?.focus();
  }
};

const onKey = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && !found.hidden) {
    close();
    input.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    open();
    if (found.hidden) return;
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && event.target === input && !found.hidden && answered() === asked()) {
    const first = links().find((link) => link.matches(".current"));
    if (!first) return;
    first.click();
  } else {
    return;
  }
  event.preventDefault();
};

if (input) {
  input.addEventListener("keydown", onKey);
  found.addEventListener("keydown", onKey);
  found.addEventListener("focusin", (event) => mark(event.target.closest("li > a")));
  input.addEventListener("focus", open);
  input.addEventListener("input", () => {
    if (!asked()) close();
  });
  found.addEventListener("htmx:afterSwap", () => {
    if (answered() === asked()) open();
    else close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".search, #found")) close();
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest(".search, #found")) close();
  });
}
