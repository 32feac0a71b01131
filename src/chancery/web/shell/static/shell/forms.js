// Forms. After a page was refused, focus goes to what says why; a form that is on its way is not sent twice.

const point = (root) => root.querySelector("main .error-summary, main .refusal")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || event.defaultPrevented) return; // a field may be called "method"
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  event.submitter?.classList.add("busy");
});

// The browser may show the page again from its memory, as it was when the form left.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of document.querySelectorAll(".button.busy")) button.classList.remove("busy");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form[data-sending]");
  if (!form) return;
  delete form.dataset.sending;
  for (const button of form.querySelectorAll(".busy")) button.classList.remove("busy");
});

document.addEventListener("htmx:afterSettle", (event) => point(event.target));
if (!document.querySelector("dialog[data-open]")) point(document);
