// Buttons that copy the address, the citation or the text of a clause. Without them all three can be selected.

const body = document.querySelector(".text-body[data-copy-link]");
if (body) {
  const said = document.createElement("p");
  said.className = "spoken";
  said.setAttribute("role", "status");
  body.append(said);

  body.addEventListener("toggle", (event) => {
    const box = event.target;
    if (box.matches("details.refer") && box.open && !box.querySelector("button")) box.append(buttons(box, said));
  }, true);

  body.addEventListener("keydown", (event) => {
    const box = event.key === "Escape" && event.target.closest("details.refer[open]");
    if (box) {
      box.open = false;
      box.querySelector("summary").focus();
    }
  });
}

function buttons(box, said) {
  const link = box.querySelector(".anchor");
  const citation = box.querySelector(".citation");
  const row = document.createElement("p");
  row.className = "copy";
  const quote = () => `${textOf(box.previousElementSibling)} (${citation.textContent.trim()})`;
  row.append(
    button(body.dataset.copyLink, link, () => link.textContent.trim(), said),
    button(body.dataset.copyCitation, citation, () => citation.textContent.trim(), said),
    button(body.dataset.copyText, box.previousElementSibling, quote, said),
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
