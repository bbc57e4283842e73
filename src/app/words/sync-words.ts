/**
 * The sync state in words, for the top bar and the lock screen. What is saved on the tablet is never called unsaved, and that
 * there is no line is said whatever else is to be said.
 */
import { jstTimeOfDay } from '../../domain/date.ts';
import type { SyncState } from '../../device/types.ts';
import { entered, tallyHere, tallyWords } from './tally.ts';

export interface SyncWords {
  readonly words: string;
  readonly tone: 'good' | 'plain' | 'warning' | 'danger';
  readonly icon: 'check' | 'sync' | 'offline' | 'warning';
}

export function syncWords(state: SyncState): SyncWords {
  if (state.problem?.code === 'storageLost') return lost;
  if (state.problem?.code === 'storageNewer') return newer;
  if (state.needsCare > 0) return arrived(state);
  if (state.online === false) return offline(state);
  if (state.problem) return stopped(state);
  const pending = entered(state);
  if (pending > 0) return { words: `未送信${pending}件`, tone: 'warning', icon: 'sync' };
  if (state.pending > 0) return { words: '同期しています', tone: 'plain', icon: 'sync' };
  if (state.syncedAt === undefined)
    return { words: 'サーバーを確かめています', tone: 'plain', icon: 'sync' };
  return { words: `同期済み ${jstTimeOfDay(state.syncedAt)}`, tone: 'good', icon: 'check' };
}

const newer = { words: '更新が必要です', tone: 'danger', icon: 'warning' } as const;
const lost = { words: '記録が見つかりません', tone: 'danger', icon: 'warning' } as const;

/** Why nothing is sent now; empty where all goes its way. Why it stopped is said where the button leads: 未送信・要確認. */
function lineWords({ online, isPortal, problem }: SyncState): string {
  if (online === false) return isPortal ? 'Wi-Fiのログインが必要です' : 'オフライン';
  return problem ? '同期が止まっています' : '';
}

const joined = (...words: readonly string[]) => words.filter(Boolean).join('・');

function stopped(state: SyncState): SyncWords {
  const words = joined(lineWords(state), tallyWords(tallyHere(state)));
  return { words, tone: 'warning', icon: 'warning' };
}

/** Arrived, and not settled: danger where a person must look, and no more than a warning where it waits by itself. */
function arrived(state: SyncState): SyncWords {
  const tally = tallyHere(state);
  const words = joined(lineWords(state), tallyWords(tally));
  if (tally.care > 0) return { words, tone: 'danger', icon: 'warning' };
  return { words, tone: 'warning', icon: state.online === false ? 'offline' : 'sync' };
}

function offline(state: SyncState): SyncWords {
  const { syncedAt, isPortal } = state;
  const pending = entered(state);
  const saved = pending > 0 ? `この端末に保存済み${pending}件` : '';
  const words = lineWords(state);
  if (isPortal) return { words: joined(words, saved), tone: 'warning', icon: 'warning' };
  if (saved) return { words: joined(words, saved), tone: 'warning', icon: 'offline' };
  const last = syncedAt === undefined ? '' : `同期済み ${jstTimeOfDay(syncedAt)}`;
  return { words: joined(words, last), tone: 'plain', icon: 'offline' };
}
