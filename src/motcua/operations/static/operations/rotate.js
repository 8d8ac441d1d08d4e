// A wall in a rotation: after its seconds the next one, but only while the server answers.
(() => {
  const main = document.querySelector("main");
  const stay = Number(main.dataset.stay || 0) * 1000;
  if (!main.dataset.next || !stay) return;
  const goOn = async () => {
    try {
      const answer = await fetch(main.dataset.next, { method: "HEAD", credentials: "same-origin", signal: AbortSignal.timeout(20000) });
      if (answer.status < 500) return location.replace(main.dataset.next);
    } catch {
      // no answer: this wall stays until there is one
    }
    return setTimeout(goOn, Math.min(stay, 5000));
  };
  setTimeout(goOn, stay);
})();
