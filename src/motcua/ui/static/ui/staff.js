// Staff pages work without this file; it adds keys, dialogs, the theme, and where the focus goes.
(() => {
  const root = document.documentElement;
  const one = (selector, within = document) => within.querySelector(selector);
  root.classList.add("js");

  // Keys: "/" goes to the search box; data-key="F9" on a button or link makes F9 press it.
  const types = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "/" && event.target instanceof Element && !types(event.target)) {
      const search = one("#search, [role=search] input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
    if (/^F\d{1,2}$/.test(event.key)) {
      const scope = one("dialog[open]") || document;
      const button = one(`[data-key="${event.key}"]:not(:disabled)`, scope);
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });

  // Menu on narrow screens, dialogs.
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggles], [data-opens], [data-closes]");
    if (!button) return;
    if (button.dataset.toggles) {
      const isOpen = document.getElementById(button.dataset.toggles).classList.toggle("open");
      button.setAttribute("aria-expanded", String(isOpen));
    } else if (button.dataset.opens) {
      document.getElementById(button.dataset.opens).showModal();
    } else {
      button.closest("dialog").close();
    }
  });

  // Light or dark. The server reads the cookie, so that no page flashes.
  const isDark = () => {
    const chosen = root.dataset.theme;
    return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  };
  const setUpTheme = () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(isDark()));
      button.onclick = () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        const secure = location.protocol === "https:" ? "; secure" : "";
        document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax${secure}`;
        button.setAttribute("aria-pressed", String(isDark()));
      };
    }
  };
  setUpTheme();

  // A page that is often wanted on paper: a button with data-prints.
  const setUpPrinting = () => {
    for (const button of document.querySelectorAll("[data-prints]")) {
      button.hidden = false;
      button.onclick = () => print();
    }
  };
  setUpPrinting();

  // A choice that refreshes its list at once: data-sends on a select.
  addEventListener("change", (event) => {
    if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
  });

  // A refusal is read out and stands in view; the next try starts clean.
  addEventListener("htmx:beforeRequest", (event) => {
    const slot = one("[data-refusal]", event.target);
    if (slot) slot.replaceChildren();
  });
  addEventListener("htmx:afterSwap", (event) => {
    const slot = event.target;
    if (slot.matches && slot.matches("[data-refusal]")) {
      slot.focus();
      slot.scrollIntoView({ block: "nearest" });
      if (event.detail.xhr.status === 403) renewTokens();
    }
    setUpTheme();
    setUpPrinting();
  });

  // Signing in again makes the tokens of forms already open invalid. Take the new one from a
  // fresh copy of this page, so that nothing has to be typed twice.
  const renewTokens = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok || answer.redirected) return;
    const copy = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = one("[name=csrfmiddlewaretoken]", copy);
    if (!fresh) return;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh.value;
    root.dataset.renewed = String(Number(root.dataset.renewed || 0) + 1);
  };
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && one("[data-signed-out]")) renewTokens();
  });

  // Signed out while a part of a form was asked for: send the form to be shown again, undone,
  // instead of leaving the page; the sign-in takes it along.
  addEventListener("htmx:beforeOnLoad", (event) => {
    const form = event.target.closest("form[method=post]");
    if (event.detail.xhr.status !== 401 || !form) return;
    event.preventDefault();
    const action = form.getAttribute("action");
    form.setAttribute("action", `${action}${action.includes("?") ? "&" : "?"}again=1`);
    HTMLFormElement.prototype.submit.call(form);
    form.setAttribute("action", action);
  });

  // The language switch takes along what was typed: the form comes back filled.
  const isChanged = (field) => {
    if (["hidden", "submit", "button"].includes(field.type) || !field.name) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(first, 0);
  };
  addEventListener("submit", (event) => {
    const chooser = event.target;
    if (!chooser.matches(".languages")) return;
    for (const old of chooser.querySelectorAll("[data-typed]")) old.remove();
    const forms = [...document.querySelectorAll("main form[method=post]")];
    const form = forms.find((one) => [...one.elements].some(isChanged)) || ("filled" in chooser.dataset && forms[0]);
    if (!form) return;
    one("[name=next]", chooser).value = form.getAttribute("action");
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || name === "csrfmiddlewaretoken") continue;
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      field.dataset.typed = "";
      chooser.append(field);
    }
  });

  // The line is down, or the program failed: say so beside the form, keep what was typed.
  const tellFailure = (event) => {
    const slot = one("[data-refusal]", event.target);
    const words = one(event.type === "htmx:sendError" ? "#words-no-line" : "#words-fault");
    if (slot && words) {
      slot.replaceChildren(words.content.cloneNode(true));
      slot.focus();
    }
  };
  addEventListener("htmx:sendError", tellFailure);
  addEventListener("htmx:responseError", tellFailure);
})();
