// The draft saves itself: the plain form is sent to its own address shortly after typing ends, and once a minute is tried
// again when the server could not be reached. The version travels with it, so another tab is noticed, not overwritten.

import { isOvertaken, noteLeft, onLeaving, pageWith, takeLeft, thisWindow, turnHeader, turnOf } from "./core-turns.js";

const form = document.querySelector("form[data-draft]");
const states = document.querySelectorAll("[data-save-state]");
const findings = document.querySelector("[data-findings]");
const PAUSE = 1500;
const AGAIN = 10000;
const LARGEST = 30000; // bytes; browsers let larger forms go with the page that is left
const LEFT = `draft-left-${location.pathname}`;

let timer = 0;
let sending = false;
let changed = false;
let turn = 0;
let sentLast = 0;
let failedSince = "";
let stopped = false;
let waiting = null;

const say = (words, failed = false) => {
  for (const state of states) {
    state.textContent = words;
    state.classList.toggle("failed", failed);
  }
};

// The server's hour: the reader's own clock only measures how long the page is open.
const ahead = form ? Date.parse(form.dataset.now) - Date.now() : 0;
const hour = () =>
  new Date(Date.now() + ahead).toLocaleTimeString("vi-VN", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Ho_Chi_Minh",
  });

const plan = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
};

function send() {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "autosave");
  const headers = { Accept: "application/json", ...turnHeader({ window: thisWindow, turn }) };
  return fetch(form.action, { method: "POST", body, headers, keepalive: `${body}`.length < LARGEST });
}

async function save() {
  if (sending || !changed || stopped) return;
  sending = true;
  changed = false;
  sentLast = turn;
  try {
    const response = await send();
    if (response.status >= 500) throw new Error(`${response.status}`); // as without a network: it is tried again
    const answer = await response.json();
    if (response.ok) accepted(answer);
    else refused(response.status, answer);
  } catch {
    changed = true;
    sentLast = 0;
    failedSince ||= hour();
    say(form.dataset.failed.replace("{at}", failedSince), true);
    plan(AGAIN);
  }
  sending = false;
  if (waiting) form.requestSubmit(waiting);
  else if (changed && !failedSince) plan(PAUSE);
}

function accepted(answer) {
  failedSince = "";
  form.elements.version.value = Math.max(answer.version, form.elements.version.value);
  say(answer.saved);
  if (findings && findings.innerHTML !== answer.findings) findings.innerHTML = answer.findings;
}

function refused(status, answer) {
  if (answer.conflict) {
    stopped = true;
    say(form.dataset.conflict, true);
  } else if (status === 422) {
    say(form.dataset.unsaved, true);
  } else {
    say(answer.error || form.dataset.unsaved, true);
  }
}

if (form) {
  form.addEventListener("input", () => {
    changed = true;
    turn += 1;
    if (!failedSince && !stopped) {
      say(form.dataset.saving);
      plan(PAUSE);
    }
  });
  // A button pressed while the draft is on its way waits for the answer, or the draft would be in its own way.
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    waiting = null;
    stopped = true;
    clearTimeout(timer);
  });
  // What was typed last does not wait for the answer to what is still under way. The page that is opened next may have
  // been written before it arrived, and then looks again.
  onLeaving(() => {
    if (stopped || !(changed || sending)) return;
    noteLeft(LEFT, { window: thisWindow, turn });
    if (sentLast === turn) return;
    sentLast = turn;
    send()
      .then(async (response) => response.ok && accepted(await response.json()))
      .catch(() => (sentLast = 0));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) stopped = false;
  });
  const left = takeLeft(LEFT);
  const isBehind = left && !isOvertaken(left, turnOf(form.dataset));
  if (isBehind && (await pageWith(left, "form[data-draft]")) && turn === 0) location.reload();
}
