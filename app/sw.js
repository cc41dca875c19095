// The candidate's app without a network: a service worker that keeps the app on the computer. The build writes its name
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
/**
 * Says which build is in use, by the name of its cache. That is not always the build of the active worker: browsers make a
 * new one active by themselves once all pages are closed, be it by a power cut in the middle of an exam.
 */
const NOTE = "invigil-in-use";

/**
 * The file of this build; fails if the server has another. What the page has just fetched comes from the browser's cache, if
 * the server says that it is still the same; past every cache only if that was not the right one.
 */
async function fetched(address) {
  const from = (cache) => fetch(address, { cache, integrity: FILES.get(address) });
  const response = await from("no-cache").catch(() => from("reload"));
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
    // What was there before may be what pages of this same build live on.
    if (!begun) await caches.delete(CACHE);
    throw error;
  }
}

/** The cache of the build in use: this one's, if none is noted or the noted one is lost. */
async function inUse() {
  const name = await (await caches.match("/", { cacheName: NOTE }))?.text();
  return name !== undefined && (await caches.has(name)) ? name : CACHE;
}

/** Puts this build into use; only now other builds go. */
async function use() {
  const note = await caches.open(NOTE);
  await note.put("/", new Response(CACHE));
  const others = (await caches.keys()).filter((name) => name.startsWith(KEEPS) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function activate() {
  if ((await inUse()) === CACHE) await use();
  // The page that brought this worker was loaded without one.
  await self.clients.claim();
}

/** Whether this build is kept, and another is in use. */
async function newer() {
  return (await inUse()) !== CACHE;
}

/** A page says that no exam is open. Whether another build was in use. */
async function takeUp() {
  const other = await newer();
  await complete();
  await use();
  await self.skipWaiting();
  return other;
}

/** The name of the build that is in use and kept whole, else null. */
async function held() {
  const cache = await inUse();
  // Of another build this worker does not know the files; it was whole when it was put into use.
  if (cache === CACHE) await complete();
  return cache.slice(KEEPS.length);
}

/** The addresses of the page: it looks at its own to know what it is to show. */
const PAGE = ["/", "/practice"];

/** Whether this is a navigation to the page, whatever the query, or for one of its files. */
function isOfTheApp({ method, mode, url }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return false;
  return mode === "navigate" ? PAGE.includes(pathname) : pathname.startsWith("/app/candidate/");
}

async function answer(request) {
  const asked = new URL(request.url).pathname;
  const pathname = PAGE.includes(asked) ? "/" : asked;
  const match = async () => caches.match(pathname, { cacheName: await inUse() });
  // A browser that cannot read its cache still has the network.
  const kept = await match().catch(() => undefined);
  if (kept) return kept;
  if (!FILES.has(pathname)) return fetch(request);
  // Of a build that is in use in this one's place, this one has no file.
  return (await newer().catch(() => false)) ? Response.error() : fetched(pathname);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  if (isOfTheApp(event.request)) event.respondWith(answer(event.request));
});

/** What pages ask; the answer goes to the port that comes along, null where it failed. */
const VERBS = new Map([["newer", newer], ["activate", takeUp], ["held", held]]);

self.addEventListener("message", (event) => {
  // Nobody waits for a verb that only another version knows.
  const verb = VERBS.get(event.data?.type) ?? (async () => null);
  event.waitUntil(verb().catch(() => null).then((result) => event.ports[0]?.postMessage(result)));
});
