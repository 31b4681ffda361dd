// Makes searching quicker, never possible: completions while one types, filters without a new page, "/" for the box.

const MIN_LETTERS = 2;
const PAUSE = 120; // milliseconds without a key before completions are asked for

const box = document.querySelector("[data-suggest]");
if (box) {
  completions(box);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}

filters();

// A combobox as ARIA describes it: the list belongs to the box, the arrows move through it, Escape puts it away.
function completions(box) {
  const list = document.createElement("ul");
  list.id = "completions";
  list.className = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.completions);
  list.hidden = true;
  box.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    box.setAttribute(name, value);
  }
  let timer, asked, chosen = -1, typed = box.value;

  box.addEventListener("input", () => {
    typed = box.value;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      box.value = typed;
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      close();
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault();
    box.value = item.dataset.query;
    close();
    box.form.requestSubmit();
  });

  async function ask() {
    asked?.abort();
    if (typed.trim().length < MIN_LETTERS) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: typed })}`, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close(); // the box works without
    }
  }

  function show(found) {
    list.replaceChildren(...found.map((one, at) => {
      const item = document.createElement("li");
      item.id = `completion${at}`;
      item.setAttribute("role", "option");
      item.dataset.query = one.text;
      const text = document.createElement("bdi");
      text.textContent = one.text;
      const count = document.createElement("span");
      count.className = "count";
      count.textContent = one.count || "";
      item.append(text, count);
      return item;
    }));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  function choose(at) {
    const items = [...list.children];
    chosen = at < -1 ? items.length - 1 : at >= items.length ? -1 : at;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    const item = items[chosen];
    box.value = item ? item.dataset.query : typed;
    if (item) {
      box.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }
}

// A filter that is ticked asks for its page at once and puts it in place of the old one; the address tells it, focus stays.
function filters() {
  const form = document.getElementById("search");
  if (!form) return;
  let asked;
  let shown = location.pathname + location.search;
  const told = document.createElement("p"); // says the new number of clauses to those who do not see it
  told.className = "spoken";
  told.setAttribute("role", "status");
  document.body.append(told);

  form.addEventListener("formdata", ({ formData }) => { // an address without what is empty
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.matches("input[type=checkbox], select")) {
      load(address(), true);
    }
  });
  // The list of what the clauses cite follows the name that is typed above it.
  let pause;
  document.addEventListener("input", (event) => {
    if (event.target.form !== form || event.target.name !== "named") return;
    clearTimeout(pause);
    pause = setTimeout(() => narrow(event.target), PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.form !== form || event.target.name !== "named") return;
    event.preventDefault();
    clearTimeout(pause);
    narrow(event.target);
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) load(location.href, false); // else only "#filters" has changed
  });

  function address() {
    return `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
  }

  async function narrow(input) {
    try {
      const fresh = (await fetched(address())).getElementById("named");
      document.getElementById("named").replaceWith(fresh);
      told.textContent = [...fresh.children].slice(0, 3).map((one) => one.textContent.trim()).join(", ");
    } catch (error) {
      if (error.name !== "AbortError") input.form.requestSubmit();
    }
  }

  async function load(address, isNew) {
    document.getElementById("main").setAttribute("aria-busy", "true");
    try {
      put(await fetched(address));
      if (isNew) history.pushState(null, "", address);
      shown = location.pathname + location.search;
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  async function fetched(address) {
    asked?.abort();
    asked = new AbortController();
    const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  function put(page) {
    const kept = document.activeElement;
    const open = [...document.querySelectorAll("main details[open] > summary")].map((summary) => summary.textContent.trim());
    const old = document.querySelector("main > div:last-of-type");
    const fresh = page.querySelector("main > div:last-of-type");
    old.replaceWith(fresh);
    document.title = page.title;
    told.textContent = fresh.querySelector("#summary")?.textContent ?? "";
    document.getElementById("main").removeAttribute("aria-busy");
    for (const summary of fresh.querySelectorAll("details > summary")) {
      if (open.includes(summary.textContent.trim())) summary.parentElement.open = true;
    }
    if (kept?.name) {
      const same = (one) => one.name === kept.name && one.value === kept.value;
      [...form.elements].find((one) => same(one) && one.type === kept.type)?.focus({ preventScroll: true });
    }
  }
}
