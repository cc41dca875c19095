// The candidate's app without a network: a service worker that keeps one build of it. The build writes the build's name
// and the list of its files in here (xtask/src/offline.mjs); docs/OFFLINE.md says what users can rely on.
//
// Page, program and database worker belong together, and some of their files bear the same name in every build. So each
// file is held to its SHA-256: a file of another build is never taken for one of this. Nothing else of the site is
// answered here, above all nothing of the API.
"use strict";

const BUILD = "@build@";
/** Addresses and hashes, in the form of Subresource Integrity. */
const FILES = new Map(Object.entries("@files@"));
const KEEPS = "invigil-candidate-";
const CACHE = KEEPS + BUILD;

/** The file from the server, past every other cache; fails if it is not the one of this build. */
async function fetched(address) {
  const response = await fetch(address, { cache: "reload", integrity: FILES.get(address) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response;
}

/** Keeps the files that are missing. One after the other: the page is loading at the same time. */
async function complete() {
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  for (const address of FILES.keys()) {
    if (!kept.has(address)) await cache.put(address, await fetched(address));
  }
}

/** All files or none. */
async function install() {
  const begun = await caches.has(CACHE);
  try {
    await complete();
  } catch (error) {
    // What was there before may be what an active worker of this same build lives on.
    if (!begun) await caches.delete(CACHE);
    throw error;
  }
}

/** Other builds go only now: until then a page may live on them. */
async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith(KEEPS) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  // The page that brought this worker was loaded without one.
  await self.clients.claim();
}

async function answer(address) {
  // A browser that cannot read its cache, or has lost it, still has the network.
  const kept = await caches.match(address, { cacheName: CACHE }).catch(() => undefined);
  return kept ?? fetched(address);
}

/** The address under which a request is kept; nothing for what is left to the network. */
function keptAs(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || !FILES.has(pathname)) return undefined;
  // The page is for navigations only, whatever the query; its files are for whoever asks.
  return pathname === "/" && request.mode !== "navigate" ? undefined : pathname;
}

/** This build's name once every file of it is kept, else null. */
async function held() {
  return complete().then(() => BUILD, () => null);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const address = keptAs(event.request);
  if (address !== undefined) event.respondWith(answer(address));
});

self.addEventListener("message", (event) => {
  switch (event.data?.type) {
    case "activate":
      // Only a page knows that no exam is open. Without its word a new version waits until all pages are closed.
      event.waitUntil(self.skipWaiting());
      break;
    case "held":
      event.waitUntil(held().then((build) => event.ports[0].postMessage(build)));
      break;
  }
});
