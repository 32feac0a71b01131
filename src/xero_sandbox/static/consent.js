// Say on the button how many organisations are chosen; without script it just says "Continue".
const boxes = document.querySelectorAll('input[name="tenant"]');
const button = document.querySelector('button[value="continue"]');
function say() {
  const count = document.querySelectorAll('input[name="tenant"]:checked').length;
  button.textContent =
    count === 0 ? "Continue with none" : `Continue with ${count} organisation${count === 1 ? "" : "s"}`;
}
boxes.forEach((box) => box.addEventListener("change", say));
say();
