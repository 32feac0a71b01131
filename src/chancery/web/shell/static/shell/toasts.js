// Toasts leave by themselves, unless somebody is reading them with the pointer or the keyboard.

const STAYS_MS = 8000;

const leaveLater = (toast) => {
  window.setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) leaveLater(toast);
    else toast.remove();
  }, STAYS_MS);
};

for (const toast of document.querySelectorAll(".toasts .toast")) leaveLater(toast);

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
});
