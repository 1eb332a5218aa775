// A juror's note for themselves saves itself while it is typed. Two windows never overwrite each other: both texts are
// shown, and the juror chooses. Where the session has ended the password is asked for in place, as for the sheet.

import { isOvertaken, noteLeft, onLeaving, pageWith, takeLeft, thisWindow, turnHeader, turnOf } from "./core-turns.js";
import { Session } from "./judging-session.js";

const PAUSE = 1200;
const LONGEST_PAUSE = 10000;
const LEFT = `note-left-${location.pathname}`;

const box = document.querySelector("[data-note]");
const field = box.querySelector("textarea");
const words = box.querySelector("template[data-note-words]");
const status = box.querySelector("[data-note-state]");
const form = document.getElementById("note-form");
const version = form.elements.note_version;
const { account, door, csrf } = document.querySelector("[data-desk]").dataset;
const session = new Session({ account, door, token: csrf });
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
  const text = { note: field.value, note_version: Number(version.value) };
  const answer = await session.post(box.dataset.address, text, { headers: turnHeader(present), keepalive: true });
  inFlight -= 1;
  if (!answer) {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    say("waiting", {}, "failed");
    return soon();
  }
  pause = PAUSE;
  const { status: code, body } = answer;
  if (code === 200 && body) return confirmed(body, present.turn);
  if (code === 409 && body?.stored) return choose(body.stored);
  if (!body || [400, 401, 403].includes(code)) return say("ended", {}, "failed");
  status.className = "save-state failed";
  status.textContent = body.error;
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
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!session.declined) {
    saved = turn;
    return;
  }
  event.preventDefault(); // the password was put off: it is asked for again
  session.declined = false;
  deliver();
});
document.documentElement.addEventListener("session", ({ detail: token }) => {
  session.token = token;
  session.declined = false;
  if (isUnsaved()) soon(0);
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
