// The service worker of the judging desk: without a connection it answers with the shell, an empty page whose scripts
// read the device. It keeps that page and what it is drawn with, nothing else; no page of a person passes through it.
//
// The server writes `self.shell` in front: the name of this release, the address of the page, those of the assets.

const { release, page, assets } = self.shell;
const NAME = `judging-desk-${release}`;
const PATIENCE = 10000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

// Asked for as nobody, so that nothing of whoever is signed in comes into the cache.
async function fill() {
  const cache = await caches.open(NAME);
  await Promise.all(
    [page, ...assets].map(async (address) => {
      const response = await fetch(address, { credentials: "omit" });
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      await cache.put(address, response);
    }),
  );
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetEarlier().then(() => self.clients.claim()));
});

async function forgetEarlier() {
  for (const name of await caches.keys()) {
    if (name.startsWith("judging-desk-") && name !== NAME) await caches.delete(name);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(arrive(event));
  else if (assets.includes(new URL(request.url).pathname)) event.respondWith(drawn(request));
});

// A page comes from the server; where that is out of reach, or takes too long on a bus, the shell stands in.
async function arrive({ request }) {
  const late = request.method === "GET" ? new Promise((resolve) => setTimeout(resolve, PATIENCE)) : new Promise(() => {});
  try {
    const response = await Promise.race([fetch(request), late]);
    if (response && ![502, 503, 504].includes(response.status)) return response;
  } catch {
    // No connection.
  }
  return (await caches.match(page)) ?? Response.error();
}

async function drawn(request) {
  return (await caches.match(request)) ?? fetch(request);
}
