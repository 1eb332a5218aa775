// A juror's note for themselves saves itself while it is typed. Two windows never overwrite each other: both texts are
// shown, and the juror chooses.

const PAUSE = 1200;
const LONGEST_PAUSE = 30000;

const box = document.querySelector("[data-note]");
const field = box.querySelector("textarea");
const version = document.querySelector("#note-form [name='note_version']");
const words = box.querySelector("template[data-note-words]");
const status = box.querySelector("[data-note-state]");
let saved = field.value;
let pause = PAUSE;
let timer = null;
let inFlight = false;

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

async function save() {
  clearTimeout(timer);
  if (inFlight || field.value === saved || box.querySelector("[data-note-conflict]")) return;
  inFlight = true;
  const sent = field.value;
  say("saving", {}, "pending");
  const response = await fetch(box.dataset.address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": box.dataset.csrf },
    body: JSON.stringify({ note: sent, note_version: Number(version.value) }),
    keepalive: sent.length < 15000,
  }).catch(() => null);
  inFlight = false;
  if (!response || response.status >= 500) {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    say("waiting", {}, "failed");
    return soon();
  }
  pause = PAUSE;
  const answer = response.redirected ? null : await response.json().catch(() => null);
  if (response.ok && answer) return confirmed(answer, sent);
  if (response.status === 409 && answer?.stored) return choose(answer.stored);
  if (!answer || [400, 401, 403].includes(response.status)) return say("ended", {}, "failed");
  status.className = "save-state failed";
  status.textContent = answer.error;
}

function confirmed(answer, sent) {
  version.value = answer.version;
  saved = sent;
  if (field.value === sent) say("saved", { at: answer.saved_at });
  else soon();
}

function choose(stored) {
  const asked = words.content.querySelector("[data-note-conflict]").cloneNode(true);
  asked.querySelector("[data-other]").textContent = stored.note || "–";
  for (const button of asked.querySelectorAll("[data-take]")) {
    button.addEventListener("click", () => {
      const mine = field.value;
      asked.remove();
      version.value = stored.version;
      saved = stored.note;
      if (button.dataset.take === "theirs") field.value = stored.note;
      if (button.dataset.take === "both") field.value = `${stored.note}\n\n${mine}`;
      field.focus();
      if (field.value === saved) say("saved", { at: "" });
      else soon(0);
    });
  }
  status.className = "save-state none";
  box.prepend(asked);
}

field.addEventListener("input", () => soon());
addEventListener("online", () => soon(0));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
addEventListener("beforeunload", (event) => {
  if (field.value !== saved) {
    save();
    event.preventDefault();
  }
});
document.getElementById("note-form").addEventListener("submit", () => {
  clearTimeout(timer);
  saved = field.value;
});
