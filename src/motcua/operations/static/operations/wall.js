// The lists of the wall come as pieces of the page: put the new ones in when the wall is filled.
(() => {
  document.addEventListener("motcua:data", (event) => {
    const pieces = event.detail.html || {};
    for (const place of document.querySelectorAll("[data-html]")) {
      const html = pieces[place.dataset.html];
      // Not under somebody's hands: a focused link would vanish.
      if (html !== undefined && html !== place.dataset.shown && !place.contains(document.activeElement)) {
        place.innerHTML = html;
        place.dataset.shown = html;
      }
    }
  });
  // Choosing a unit by name fills its key.
  for (const list of document.querySelectorAll("[data-fills]")) {
    list.addEventListener("change", () => {
      document.getElementById(list.dataset.fills).value = list.value;
    });
  }
})();
