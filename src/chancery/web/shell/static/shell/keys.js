// Keys. Single characters act only where no field has focus and the person has not switched them off.
// An element names its keys itself (data-keys="g h"), so a key never leads to what is not there.

const FIELDS = "input, textarea, select, [contenteditable]";
const FIRST_KEY_COUNTS_FOR_MS = 1500;

let first = { key: "", at: 0 };

const rows = () => [...document.querySelectorAll("main .table tbody tr > th a[href], main [data-row]")];

const move = (by) => {
  const all = rows();
  const now = all.indexOf(document.activeElement);
  const next = all[now < 0 ? 0 : Math.min(Math.max(now + by, 0), all.length - 1)];
  next?.focus();
};

const byKeys = (keys) => document.querySelector(`[data-keys="${CSS.escape(keys)}"]`);

const act = (event, element) => {
  event.preventDefault();
  first = { key: "", at: 0 };
  if (element.matches("input")) {
    element.focus();
    element.select();
  } else {
    element.click();
  }
};

const send = (event) => {
  const form = event.target.form ?? event.target.closest?.("form");
  if (form?.getAttribute("method") === "post") { // a field may be called "method"
    event.preventDefault();
    form.requestSubmit();
  }
};

const letter = (event) => {
  if (event.key === "j") return move(1);
  if (event.key === "k") return move(-1);
  const waited = event.timeStamp - first.at < FIRST_KEY_COUNTS_FOR_MS;
  const both = waited && first.key ? byKeys(`${first.key} ${event.key}`) : null;
  const element = both ?? byKeys(event.key);
  if (element) return act(event, element);
  first = { key: event.key, at: event.timeStamp };
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    const search = document.querySelector(".topbar [type=search]");
    if (event.key === "Enter") send(event);
    else if (event.key === "k" && search) act(event, search);
    return;
  }
  const switchedOff = document.body.dataset.letterKeys === "off";
  if (switchedOff || event.key.length !== 1 || event.target.closest?.(FIELDS)) return;
  if (document.querySelector("dialog:modal")) return;
  letter(event);
});
