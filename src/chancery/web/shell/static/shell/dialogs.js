// Dialogs. One marked data-open stands open in the page for readers without script; here it becomes
// modal. Closing it goes back to data-back, because such a dialog has an address of its own.

const showMarked = (root) => {
  for (const dialog of root.querySelectorAll("dialog[data-open]:not(:modal)")) {
    dialog.removeAttribute("open");
    dialog.showModal();
    const first = dialog.querySelector(".error-summary, .refusal, [autofocus]");
    if (first) first.focus();
  }
};

const ended = (dialog) => {
  if (dialog.dataset.back) window.location.assign(dialog.dataset.back);
};

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    document.getElementById(opener.dataset.dialog).showModal();
    opener.closest("[popover]")?.hidePopover();
  }
  const closer = event.target.closest("button[data-close]");
  if (closer) closer.closest("dialog").close();
});

// "close" does not bubble, so it is caught on its way down.
document.addEventListener("close", (event) => {
  if (event.target instanceof HTMLDialogElement) ended(event.target);
}, true);

document.addEventListener("htmx:afterSettle", (event) => showMarked(event.target.parentElement ?? document));
showMarked(document);
