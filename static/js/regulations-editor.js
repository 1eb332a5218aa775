// A form of the regulation: rows come, go and move without the page being loaded anew, and the text beside the form
// follows what is typed. The server makes both; without this script the same buttons load the page.

const form = document.querySelector("form[data-editor]");
const pane = document.querySelector("[data-editor-preview]");
const changes = document.querySelector("[data-editor-changes]");
const unfinished = document.querySelector("[data-editor-unfinished]");
const PAUSE = 700;

let timer = 0;
let asked = 0;

const say = (words, failed = false) => {
  const state = form.querySelector("[data-editor-state]");
  if (!state) return;
  state.textContent = words;
  state.classList.toggle("failed", failed);
};

const typed = (act) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", act);
  return body;
};

// What reads otherwise than before is marked, and the first of it comes into sight.
function show(html) {
  const before = new Map([...pane.querySelectorAll("article")].map((article) => [article.id, article.textContent]));
  pane.innerHTML = html;
  const changed = [...pane.querySelectorAll("article")].filter(
    (article) => before.size && before.get(article.id) !== article.textContent,
  );
  for (const article of changed) article.classList.add("is-changed");
  if (!changed.length) return;
  const away = changed[0].getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += away - 16;
}

async function preview() {
  const mine = ++asked;
  try {
    const response = await fetch(location.pathname, {
      method: "POST",
      body: typed("preview"),
      headers: { Accept: "application/json" },
    });
    const answer = await response.json();
    if (mine !== asked) return;
    unfinished.innerHTML = answer.unfinished ?? "";
    if (answer.changes !== undefined) changes.innerHTML = answer.changes;
    if (answer.preview !== undefined) show(answer.preview);
    if (answer.preview !== undefined) say(form.dataset.fresh);
    else say(answer.error || form.dataset.stale, !answer.unfinished);
  } catch {
    if (mine === asked) say(form.dataset.failed, true);
  }
}

const plan = () => {
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE);
};

// The rows of the answer take the place of those on the page; all else, the preview and its place, stays.
async function rearrange(button) {
  const response = await fetch(location.pathname, { method: "POST", body: typed(button.value) });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("form[data-editor]");
  if (!fresh) return false;
  const open = new Set([...form.querySelectorAll("details[open]")].map((fold) => fold.id).filter(Boolean));
  form.innerHTML = fresh.innerHTML;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  focus(fresh.dataset.focus, button.value.split(":")[0]);
  say(form.dataset.moved);
  plan();
  return true;
}

function focus(id, verb) {
  const row = document.getElementById(id);
  if (!row) return;
  const again = row.querySelector(`:scope [name="do"][value="${verb}:${id}"]:not(:disabled)`);
  const first = row.querySelector("input:not([type=hidden]), select, textarea");
  const place = verb === "add" ? first : (again ?? first ?? row);
  place.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// The pane opens at what this page sets; the link leads there again.
function toConcerned() {
  const link = document.querySelector("[data-editor-concerned]");
  const place = link && document.getElementById(link.hash.slice(1));
  if (place) pane.scrollTop = place.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop - 8;
}

// On a telephone the tabs are one long line; the current one is brought into it.
document.querySelector(".regulation-tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

if (form && pane) {
  toConcerned();
  document.querySelector("[data-editor-concerned]")?.addEventListener("click", (event) => {
    event.preventDefault();
    toConcerned();
    pane.focus();
  });
  form.addEventListener("input", plan);
  form.addEventListener("change", plan);
  form.addEventListener("submit", (event) => {
    const act = event.submitter?.value ?? "";
    if (act === "preview") {
      event.preventDefault();
      clearTimeout(timer);
      preview();
    } else if (act.includes(":")) {
      event.preventDefault();
      rearrange(event.submitter).then(
        (done) => done || say(form.dataset.failed, true),
        () => say(form.dataset.failed, true),
      );
    } else {
      clearTimeout(timer);
    }
  });
}
