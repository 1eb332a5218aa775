// Leaving: what the judging desk keeps on this device is sent if it can be, and then wiped.

import { keptAccount, openDevice, wipe } from "./judging-device.js";

// Whether the person wants to sign out although something here has not reached the server.
export async function forgetDevice(form) {
  const account = await keptAccount();
  const device = account && (await openDevice(account));
  const left = device ? await countAfterHurry(device) : 0;
  if (left && !confirm(form.dataset.unsent.replace("{count}", left))) return false;
  await wipe();
  return true;
}

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// What waits is given two seconds to reach the server: the sheet in this window, or the desk, sends it now. Before it can
// be counted, what was typed last must lie on the device.
async function countAfterHurry(device) {
  const hurried = [];
  dispatchEvent(new CustomEvent("desk-hurry", { detail: hurried }));
  await Promise.race([Promise.allSettled(hurried), pause(5000)]);
  for (let turn = 0; ; turn += 1) {
    const left = (await device.all("sheet/").catch(() => [])).length;
    if (!left || turn === 10) return left;
    await pause(200);
  }
}
