// Shows the address and the citation of a clause in place, with buttons that copy them. Without it the sign ¶ of a
// clause leads to a page that has both to be selected.

const body = document.querySelector(".text-body[data-copy-link]");
if (body) {
  const said = document.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  body.append(said);

  const alone = body.querySelector(".reference"); // the page of one clause
  if (alone) alone.append(buttons(alone, alone.previousElementSibling, said));

  body.addEventListener("click", (event) => {
    const sign = event.target.closest("a.refer");
    if (!sign || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    toggle(sign, said);
  });

  body.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const sign = event.target.closest(".place")?.querySelector('a.refer[aria-expanded="true"]');
    if (sign) {
      toggle(sign, said);
      sign.focus();
    }
  });
}

async function toggle(sign, said) {
  const old = sign.nextElementSibling;
  if (old) {
    old.hidden = !old.hidden;
    sign.setAttribute("aria-expanded", String(!old.hidden));
    return;
  }
  try {
    const answer = await fetch(sign.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (sign.nextElementSibling) return; // asked twice
    const panel = page.querySelector(".reference");
    panel.lang = page.documentElement.lang;
    panel.dir = page.documentElement.dir;
    panel.append(buttons(panel, sign.previousElementSibling, said));
    sign.after(panel);
    sign.setAttribute("aria-expanded", "true");
  } catch {
    location.assign(sign.href);
  }
}

function buttons(panel, clause, said) {
  const link = panel.querySelector(".anchor");
  const citation = panel.querySelector(".citation");
  const row = document.createElement("p");
  row.className = "copy";
  const quote = () => `${textOf(clause)} (${citation.textContent.trim()})`;
  row.append(
    button(body.dataset.copyLink, link, () => link.textContent.trim(), said),
    button(body.dataset.copyCitation, citation, () => citation.textContent.trim(), said),
    button(body.dataset.copyText, clause, quote, said),
  );
  return row;
}

function button(label, source, text, said) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = label;
  made.addEventListener("click", async () => {
    said.textContent = "";
    const done = await copy(text());
    if (!done) getSelection().selectAllChildren(source);
    made.textContent = said.textContent = done ? body.dataset.copied : body.dataset.failed;
    setTimeout(() => { made.textContent = label; }, 2500);
  });
  return made;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or no HTTPS
  }
}

// The words of a clause as printed: without the marks of its footnotes and without the way back from one.
function textOf(clause) {
  const words = clause.cloneNode(true);
  words.querySelectorAll(".note, .back").forEach((mark) => mark.remove());
  return words.textContent.replace(/\s+/g, " ").trim();
}
