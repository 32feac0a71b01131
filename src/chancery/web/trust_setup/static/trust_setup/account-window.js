// The window of a trust bank account: a hint that is for one kind of account shows for that kind only.
// Without script it is there for every kind, and names the one it is for.

const fit = (kind) => {
  for (const hint of kind.form.querySelectorAll("[data-only-for]")) {
    hint.hidden = hint.dataset.onlyFor !== kind.value;
  }
};

const kindOf = (root) => root.querySelector("select[name=kind]");

document.addEventListener("change", (event) => {
  if (event.target.matches("select[name=kind]")) fit(event.target);
});
document.addEventListener("htmx:afterSettle", () => {
  const kind = kindOf(document);
  if (kind) fit(kind);
});
const kind = kindOf(document);
if (kind) fit(kind);
