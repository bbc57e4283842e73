/**
 * Which screen is shown. The path names the screen and nothing else: ids, names and typed text travel in memory, so
 * that neither the address, the title nor history.state ever holds anything personal (design.md §5).
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Values } from '../../domain/value.ts';

export const screenNames = [
  'today',
  'reception',
  'seekers',
  'seeker',
  'consultation',
  'handoffs',
  'handoff-new',
  'referrals',
  'referral-new',
  'jobs',
  'counts',
  'achievement',
  'survey',
  'records',
  'papers',
  'outbox',
  'ready',
  'proof',
  'admin',
] as const;
export type ScreenName = (typeof screenNames)[number];

export interface Params {
  /** The record that the screen is about. */
  readonly id?: string | undefined;
  readonly seeker?: string | undefined;
  readonly visit?: string | undefined;
  readonly handoff?: string | undefined;
  /** Of the general records, which kind. */
  readonly kind?: string | undefined;
  /** Text typed before, e.g. in the search field of the top bar. */
  readonly text?: string | undefined;
  /** What was entered before, to begin a form with. */
  readonly values?: Values | undefined;
}

export interface Shown {
  readonly name: ScreenName;
  readonly params: Params;
  /** Counts openings: a screen opened anew is drawn anew. */
  readonly visit: number;
}

const visited: Shown[] = [];
let openings = 0;
const opened = (name: ScreenName, params: Params = {}): Shown => {
  openings += 1;
  return { name, params, visit: openings };
};
const shown = signal<Shown>(opened('reception'));
export const screen: ReadonlySignal<Shown> = shown;

export function go(name: ScreenName, params: Params = {}): void {
  const index = currentIndex() + 1;
  const next = opened(name, params);
  visited.splice(index, visited.length, next);
  history.pushState({ index }, '', `/${name}`);
  shown.value = next;
}

/** Back to the screen before, or to one named where there is none. */
export function back(otherwise: ScreenName = 'today'): void {
  if (currentIndex() > 0) history.back();
  else go(otherwise);
}

/** Forgets everything in memory, as at lock: what was open stays a path. */
export function forget(): void {
  visited.length = 0;
  const { name } = shown.value;
  const [home] = ['seeker', 'consultation', 'handoff-new', 'referral-new'].includes(name)
    ? (['reception'] as const)
    : [name];
  history.replaceState({ index: 0 }, '', `/${home}`);
  shown.value = opened(home);
  visited.push(shown.value);
}

/** Reads the path at start and follows the back button; returns its stop. */
export function startNavigation(): () => void {
  const begin = fromPath(location.pathname);
  visited.splice(0, visited.length, begin);
  history.replaceState({ index: 0 }, '', `/${begin.name}`);
  shown.value = begin;
  const onPop = () => {
    shown.value = visited[currentIndex()] ?? fromPath(location.pathname);
  };
  addEventListener('popstate', onPop);
  return () => removeEventListener('popstate', onPop);
}

function currentIndex(): number {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'index' in state ? Number(state.index) : 0;
}

function fromPath(path: string): Shown {
  const name = screenNames.find((known) => path === `/${known}`);
  const needsMore = ['seeker', 'consultation', 'handoff-new', 'referral-new'].includes(name ?? '');
  return opened(needsMore || !name ? 'reception' : name);
}
