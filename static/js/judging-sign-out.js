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

// What waits is given two seconds to reach the server: the sheet in this window, or the desk, sends it now.
async function countAfterHurry(device) {
  dispatchEvent(new Event("desk-hurry"));
  for (let turn = 0; ; turn += 1) {
    const left = (await device.all("sheet/").catch(() => [])).length;
    if (!left || turn === 10) return left;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
