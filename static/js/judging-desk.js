// Every page of the judging desk: the device of the juror, what waits to be sent, and the desk without a connection.

import { keptAccount, openDevice } from "./judging-device.js";
import { Session } from "./judging-session.js";
import { openSheet } from "./judging-sheet.js";
import { showShell } from "./judging-shell.js";
import { Desk } from "./judging-sync.js";
import { showUnsent } from "./judging-unsent.js";

const FRESH = 120000; // so long what was taken along is new enough for one more sheet

const place = document.querySelector("[data-desk]");
const { base, door, worker } = place.dataset;
const isShell = place.hasAttribute("data-shell");
const account = place.dataset.account || (await keptAccount());
const form = document.querySelector("form[data-sheet]");

async function begin() {
  const device = await openDevice(account);
  const session = new Session({ account, door, token: place.dataset.csrf });
  const desk = new Desk({ base, session, device });
  desk.listen((news) => news.kind === "unsent" && showUnsent(place, desk));
  await desk.read();
  const leave = async (onward) => location.assign(`${base}${await following(desk, onward)}`);
  if (isShell) await showShell(desk, leave);
  else if (form) await openSheet(form, desk, { leave });
  addEventListener("online", () => catchUp(desk));
  addEventListener("desk-hurry", ({ detail }) => {
    detail.push(desk.written());
    desk.flush({ mayAsk: false });
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && desk.flush());
  if (!isShell && worker) navigator.serviceWorker?.register(worker, { scope: base }).catch(() => {});
  await catchUp(desk, form ? FRESH : 0);
}

// The next work: the one that the server names, else the first on the device that is neither sent nor waiting.
async function following(desk, onward) {
  if (onward !== undefined) return onward ? `/${onward}` : "";
  const order = (await desk.device?.get("desk"))?.order ?? [];
  const works = new Map((await desk.device?.all("work/"))?.map((work) => [work.id, work]) ?? []);
  const next = order.find((id) => !works.get(id)?.sent && !desk.unsent.get(id)?.queued);
  return next ? `/${next}` : "";
}

async function catchUp(desk, fresh = 0) {
  const { taken = 0 } = (await desk.device?.get("desk").catch(() => null)) ?? {};
  const isHere = Date.now() - taken < fresh || (await desk.takeAlong().catch(() => false));
  if (isHere) place.dataset.taken = "";
  if (isShell && isHere) document.querySelector("[data-back]").hidden = false;
  await desk.flush({ mayAsk: !isShell || isHere });
}

if (account) await begin();
else if (isShell) document.querySelector("[data-nothing]").hidden = false;
