// What is typed in one window, counted. A page that is left sends its last text at once, although an earlier one may
// still be under way; by window and turn the server knows the later of the two, and no other window's text from them.

export const thisWindow = crypto.randomUUID?.() ?? String(Math.random());

export const turnHeader = ({ window, turn }) => ({ "X-Turn": `${window} ${turn}` });

// The turn that a page shows, as the server wrote it into the page.
export const turnOf = ({ window = "", turn = 0 }) => ({ window, turn: Number(turn) });

// Whether the same window has saved this text already, or a later one.
export const isOvertaken = (one, last) => Boolean(one.window) && one.window === last.window && one.turn <= last.turn;

// A reload asks for the page first and only then takes leave of it; most texts go before that, none goes later.
export function onLeaving(act) {
  addEventListener("beforeunload", act);
  addEventListener("pagehide", act);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && act());
}

// The page that is opened next may have been written before the last text arrived. For it the number of that text is
// noted, never a word of it.
export function noteLeft(name, { window, turn }) {
  try {
    sessionStorage.setItem(name, JSON.stringify({ window, turn }));
  } catch {
    // Then the next page does not look again.
  }
}

// This page as the server would write it now, until it shows that text; null when it does not come.
export async function pageWith(left, find) {
  for (let time = 1; time <= 8; time += 1) {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" }).catch(() => null);
    const page = response?.ok && !response.redirected ? await response.text() : "";
    const found = new DOMParser().parseFromString(page, "text/html").querySelector(find);
    if (found && isOvertaken(left, turnOf(found.dataset))) return found;
    await new Promise((resolve) => setTimeout(resolve, 250 * time));
  }
  return null;
}

export function takeLeft(name) {
  try {
    const left = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.removeItem(name);
    return left;
  } catch {
    return null;
  }
}
