/* A member's page follows the meeting: it asks every few seconds for a short word, and takes in what has changed.
   Parts that stay as they were are left alone, so that a film plays on and what is open stays open. Without this
   script the link below the page shows where the meeting stands. */

const PAUSE = 4000;

const page = document.querySelector("[data-follow-meeting]");
const words = document.querySelector("[data-follow-words]").dataset;
const state = document.querySelector("[data-follow-state]");
const written = new Map(); // what the server wrote last, by part
let pulse = page.dataset.pulse;

for (const part of page.querySelectorAll("[data-part]")) written.set(part.dataset.part, part.innerHTML);
say(words.live);
follow();

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

async function follow() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (document.hidden) continue;
    let answer;
    try {
      const address = `${page.dataset.followMeeting}?co=${encodeURIComponent(pulse)}`;
      answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
    } catch {
      say(words.lost);
      continue;
    }
    if (answer.status >= 500) {
      say(words.lost);
      continue;
    }
    if (!answer.ok) {
      say(words.out);
      return;
    }
    const news = await answer.json();
    if (news.html !== undefined) {
      pulse = news.pulse;
      take(news.html);
    } else {
      say(words.live);
    }
  }
}

function take(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const before = page.querySelector("h1").textContent;
  const focused = document.activeElement && page.contains(document.activeElement) ? document.activeElement.id : "";
  const old = [...page.querySelectorAll("[data-part]")];
  const now = [...fresh.querySelectorAll("[data-part]")];
  const names = (parts) => parts.map((part) => part.dataset.part).join(" ");
  if (names(old) === names(now)) {
    now.forEach((part, place) => {
      if (written.get(part.dataset.part) === part.innerHTML) return;
      written.set(part.dataset.part, part.innerHTML);
      old[place].replaceWith(document.adoptNode(part));
    });
  } else {
    written.clear();
    for (const part of now) written.set(part.dataset.part, part.innerHTML);
    page.replaceChildren(...fresh.childNodes);
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const heading = page.querySelector("h1").textContent;
  say(heading === before ? words.live : `${words.at} ${heading}`);
}
