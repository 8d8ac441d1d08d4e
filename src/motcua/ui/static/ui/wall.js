// Fills a wall from one address: <main data-url="…" data-every="15"> (seconds), or data-from="json-script-id".
// data-text="figures.received" data-format="number"; data-chart="line" data-key="by_day";
// data-spark="…", data-ring="…". The page hears "motcua:data" on document after each filling.
(() => {
  const main = document.querySelector("main");
  const live = document.querySelector("[data-live]");
  const english = document.documentElement.lang === "en";
  const pick = (data, path) => path.split(".").reduce((part, name) => (part === null || part === undefined ? undefined : part[name]), data);
  const shown = {
    number: (value) => motcua.number(value),
    percent: (value) => motcua.percent(value),
    decimal: (value) => motcua.number(value, 2),
    text: (value) => value ?? "",
  };
  const each = (attribute, act) => {
    for (const element of document.querySelectorAll(`[data-${attribute}]`)) act(element, element.dataset[attribute]);
  };

  const fill = (data) => {
    each("text", (element, path) => {
      const value = pick(data, path);
      if (value !== undefined) element.textContent = shown[element.dataset.format || "text"](value);
    });
    each("key", (element, path) => element.dataset.chart && pick(data, path) && motcua.draw(element, pick(data, path)));
    each("spark", (element, path) => motcua.spark(element, pick(data, path)));
    each("ring", (element, path) => motcua.ring(element, pick(data, path)));
    document.documentElement.dataset.drawn = "1";
    document.dispatchEvent(new CustomEvent("motcua:data", { detail: data }));
  };

  const two = (n) => String(n).padStart(2, "0");
  const local = () => new Date(Date.now() + 7 * 3600 * 1000); // the clock of Việt Nam, whatever the machine's zone
  const clockOf = (now) => `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())}`;
  const say = (name, act) => live.querySelector(name) && act(live.querySelector(name));
  let good = "";
  const tellState = (isLive) => {
    if (isLive) good = clockOf(local());
    if (!live) return;
    live.hidden = false;
    if (live.classList.contains("still") === !isLive) return; // said already
    live.classList.toggle("still", !isLive);
    say("[data-live-at]", (place) => (place.textContent = good));
    say("[data-live-on]", (place) => (place.hidden = !isLive));
    say("[data-live-off]", (place) => (place.hidden = isLive));
  };
  let last = "";
  let again = 0; // seconds to the next question, as the answer says: less while news is on its way
  const load = async () => {
    try {
      const options = { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-cache" };
      const answer = await fetch(main.dataset.url, { ...options, signal: AbortSignal.timeout(15000) });
      if (answer.redirected || answer.status === 401 || answer.status === 403) return location.reload();
      if (!answer.ok) throw new Error(answer.statusText);
      again = Number(answer.headers.get("Motcua-Again-After")) || 0;
      const text = await answer.text();
      if (text !== last) fill(JSON.parse(text)); // an answer of 304 brings the same text again
      last = text;
      tellState(true);
    } catch {
      tellState(false);
    }
    return undefined;
  };

  // One question at a time, and a pause between an answer and the next question: a slow server is
  // not asked faster than it answers. A hidden wall asks nothing; it catches up when looked at.
  const every = Number(main.dataset.every || 0) * 1000;
  let waiting = 0;
  const goOn = async () => {
    clearTimeout(waiting);
    waiting = 0;
    if (!document.hidden) await load();
    if (every && !document.hidden) waiting = setTimeout(goOn, again * 1000 || every);
  };

  const start = async () => {
    await document.fonts.ready;
    if (main.dataset.from) fill(motcua.readScript(main.dataset.from));
    if (!main.dataset.url) return;
    if (main.dataset.from) tellState(true);
    else await load();
    if (!every) return;
    waiting = setTimeout(goOn, every);
    document.addEventListener("visibilitychange", () => document.hidden || goOn());
  };

  // <button data-opens="id"> opens a dialog, data-closes in it closes it.
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-opens], [data-closes]");
    if (!button) return;
    if (button.dataset.opens) document.getElementById(button.dataset.opens).showModal();
    else button.closest("dialog").close();
  });

  const days = english
    ? ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    : ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
  const clock = document.querySelector("[data-clock]");
  const date = document.querySelector("[data-clock-date]");
  const tick = () => {
    const now = local();
    if (clock) {
      clock.textContent = clockOf(now);
      clock.dateTime = now.toISOString().slice(0, 16);
    }
    if (date) {
      const text = `${days[now.getUTCDay()]}\n${two(now.getUTCDate())}/${two(now.getUTCMonth() + 1)}/${now.getUTCFullYear()}`;
      if (date.textContent !== text) date.textContent = text;
    }
    setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  tick();
  start();
})();
