// "Go back" keeps what was typed, which a link would not; hidden where there is nothing to go back to.
for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = history.length < 2;
  button.addEventListener("click", () => history.back());
}
