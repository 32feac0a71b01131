// The window of a trust bank account: a kind of account that has no bank and number of its own is not
// asked for them. What was typed stays, and is not sent; without script the fields are there to leave empty.

const fit = (kind) => {
  for (const part of kind.form.querySelectorAll("[data-not-for]")) {
    const isLeftOut = part.dataset.notFor === kind.value;
    part.hidden = isLeftOut;
    part.disabled = isLeftOut;
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
