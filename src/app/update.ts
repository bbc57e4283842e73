/**
 * Registers the service worker by our own hand, through the one Trusted Types policy (device/trusted-url.ts), and puts a
 * new version in place only when it is asked for, no form is half-filled, and every open tab agrees. A tab that does not
 * answer does not agree. The old files stay until the new worker has every one of its own; a worker that waits is offered
 * again and again, for its first offer may have been missed (peers.md (b) 18).
 */
import { effect } from '@preact/signals';
import { Workbox } from 'workbox-window';
import { trustedUrl } from '../device/trusted-url.ts';
import { hasDirtyForm } from './state/leave.ts';
import { pendingUpdate } from './state/update-ready.ts';

const channelName = 'madoguchi-update';
const tabLock = 'madoguchi-tab';
const answerTime = 1_000;
const checkEvery = 60 * 60_000;
const lookEvery = 60_000;

const workerUrl = '/sw.js';
let workbox: Workbox | undefined;

export async function startUpdates(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  answerOtherTabs();
  workbox = new Workbox(trustedUrl(workerUrl));
  workbox.addEventListener('waiting', offer);
  reloadWhenReplaced();
  await workbox.register();
  setInterval(() => void workbox?.update().catch(() => undefined), checkEvery);
  setInterval(() => void lookForWaiting(), lookEvery);
  document.addEventListener('visibilitychange', () => void lookForWaiting());
  await lookForWaiting();
}

function offer(): void {
  pendingUpdate.value = applyUpdate;
}

/** A worker that began to install before this page listened waits without a word. */
async function lookForWaiting(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration?.waiting && registration.active) offer();
}

/**
 * The first worker takes over a page without a reload; one that follows another brings new files for every tab, but not
 * under a form that was begun since the tab agreed.
 */
function reloadWhenReplaced(): void {
  let isControlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isControlled)
      effect(() => {
        if (!hasDirtyForm.value) location.reload();
      });
    isControlled = true;
  });
}

async function applyUpdate(): Promise<'busy' | 'going'> {
  if (hasDirtyForm.peek() || !(await doAllTabsAgree())) return 'busy';
  workbox?.messageSkipWaiting();
  return 'going';
}

/** Each tab holds a shared lock while it lives, so that the one that asks knows how many must answer. */
function answerOtherTabs(): void {
  void navigator.locks?.request(tabLock, { mode: 'shared' }, () => new Promise(() => undefined));
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'ask') channel.postMessage(hasDirtyForm.peek() ? 'busy' : 'free');
  });
}

async function doAllTabsAgree(): Promise<boolean> {
  const locks = await navigator.locks?.query();
  const others = (locks?.held?.filter(({ name }) => name === tabLock).length ?? 1) - 1;
  if (others <= 0) return true;
  const channel = new BroadcastChannel(channelName);
  const answers: unknown[] = [];
  const done = new Promise<void>((resolve) => {
    setTimeout(resolve, answerTime);
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === 'free' || data === 'busy') answers.push(data);
      if (data === 'busy' || answers.length >= others + 1) resolve();
    });
  });
  channel.postMessage('ask');
  await done;
  channel.close();
  // This tab's own listener answers as well: the asking channel is another one.
  return !answers.includes('busy') && answers.length >= others + 1;
}
