// A juror's note for themselves saves itself while it is typed. Two windows never overwrite each other: both texts are
// shown, and the juror chooses.

import { isOvertaken, noteLeft, onLeaving, pageWith, takeLeft, thisWindow, turnHeader, turnOf } from "./core-turns.js";

const PAUSE = 1200;
const LONGEST_PAUSE = 10000;
const LEFT = `note-left-${location.pathname}`;

const box = document.querySelector("[data-note]");
const field = box.querySelector("textarea");
const version = document.querySelector("#note-form [name='note_version']");
const words = box.querySelector("template[data-note-words]");
const status = box.querySelector("[data-note-state]");
let pause = PAUSE;
let timer = null;
let inFlight = 0;
let turn = 0; // counts what was typed; up to which of it
let sent = 0; // it was sent, and
let saved = 0; // saved

function say(name, values = {}, kind = "") {
  status.className = `save-state ${kind}`;
  status.textContent = Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value),
    words.dataset[name],
  );
}

function soon(after = pause) {
  clearTimeout(timer);
  timer = setTimeout(save, after);
}

const isUnsaved = () => turn > saved && !box.querySelector("[data-note-conflict]");

function save() {
  return !inFlight && isUnsaved() ? deliver() : null;
}

// Without waiting for the answer to an earlier text.
function saveAtOnce() {
  return isUnsaved() && !(inFlight && sent === turn) ? deliver() : null;
}

async function deliver() {
  clearTimeout(timer);
  inFlight += 1;
  sent = turn;
  const present = { window: thisWindow, turn };
  say("saving", {}, "pending");
  const response = await fetch(box.dataset.address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": box.dataset.csrf,
      ...turnHeader(present),
    },
    body: JSON.stringify({ note: field.value, note_version: Number(version.value) }),
    keepalive: true,
  }).catch(() => null);
  inFlight -= 1;
  if (!response || response.status >= 500) {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    say("waiting", {}, "failed");
    return soon();
  }
  pause = PAUSE;
  const answer = response.redirected ? null : await response.json().catch(() => null);
  if (response.ok && answer) return confirmed(answer, present.turn);
  if (response.status === 409 && answer?.stored) return choose(answer.stored);
  if (!answer || [400, 401, 403].includes(response.status)) return say("ended", {}, "failed");
  status.className = "save-state failed";
  status.textContent = answer.error;
}

function confirmed(answer, taken) {
  version.value = Math.max(answer.version, version.value);
  saved = Math.max(saved, taken);
  if (saved === turn) say("saved", { at: answer.saved_at });
  else soon();
}

function choose(stored) {
  box.querySelector("[data-note-conflict]")?.remove();
  const asked = words.content.querySelector("[data-note-conflict]").cloneNode(true);
  asked.querySelector("[data-other]").textContent = stored.note || "–";
  for (const button of asked.querySelectorAll("[data-take]")) {
    button.addEventListener("click", () => {
      const mine = field.value;
      asked.remove();
      version.value = stored.version;
      turn += 1;
      if (button.dataset.take === "theirs") field.value = stored.note;
      if (button.dataset.take === "both") field.value = `${stored.note}\n\n${mine}`;
      field.focus();
      if (field.value === stored.note) {
        saved = turn;
        say("saved", { at: "" });
      } else soon(0);
    });
  }
  status.className = "save-state none";
  box.prepend(asked);
}

field.addEventListener("input", () => {
  turn += 1;
  soon();
});
addEventListener("online", () => soon(0));
addEventListener("desk-hurry", ({ detail }) => detail.push(saveAtOnce()));
addEventListener("beforeunload", (event) => turn > saved && event.preventDefault());
onLeaving(() => {
  if (isUnsaved()) noteLeft(LEFT, { window: thisWindow, turn });
  saveAtOnce();
});
document.getElementById("note-form").addEventListener("submit", () => {
  clearTimeout(timer);
  saved = turn;
});

// The page that was left in the middle of a word has sent its last text; this one may have been written before.
const left = takeLeft(LEFT);
if (left && !isOvertaken(left, turnOf(box.dataset))) {
  const found = await pageWith(left, "[data-note]");
  if (found && turn === 0) {
    field.value = found.querySelector("textarea").value;
    version.value = found.ownerDocument.querySelector("#note-form [name='note_version']").value;
  }
}
