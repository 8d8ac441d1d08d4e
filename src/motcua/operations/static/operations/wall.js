// The lists of the wall come as pieces of the page: put the new ones in when the wall is filled.
(() => {
  document.addEventListener("motcua:data", (event) => {
    const pieces = event.detail.html || {};
    for (const place of document.querySelectorAll("[data-html]")) {
      const html = pieces[place.dataset.html];
      // Not under somebody's hands: a focused link would vanish.
      if (html !== undefined && html !== place.shown && !place.contains(document.activeElement)) {
        if (place.shown !== undefined) place.innerHTML = html; // the first comes with the page
        place.shown = html;
      }
    }
  });
})();
