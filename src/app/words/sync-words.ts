/** The sync state in words, for the top bar and the lock screen. What is saved on the tablet is never called unsaved. */
import { jstTimeOfDay } from '../../domain/date.ts';
import type { SyncState } from '../../device/types.ts';

export interface SyncWords {
  readonly words: string;
  readonly tone: 'good' | 'plain' | 'warning' | 'danger';
  readonly icon: 'check' | 'sync' | 'offline' | 'warning';
}

export function syncWords(state: SyncState): SyncWords {
  if (state.problem?.code === 'storageLost') return lost;
  if (state.problem?.code === 'storageNewer') return newer;
  if (state.needsCare > 0) return care(state);
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

/** What somebody entered. Views of files wait as well, and are told on the page where the button leads. */
export function entered({ pending, views = 0 }: SyncState): number {
  return pending - views;
}

/** Why is said where the button leads: 未送信・要確認. */
function stopped(state: SyncState): SyncWords {
  const pending = entered(state);
  const unsent = pending > 0 ? `・未送信${pending}件` : '';
  return { words: `同期が止まっています${unsent}`, tone: 'warning', icon: 'warning' };
}

function care(state: SyncState): SyncWords {
  const pending = entered(state);
  const unsent = pending > 0 ? `・未送信${pending}件` : '';
  const words = `要確認${state.needsCare}件${unsent}`;
  return { words, tone: 'danger', icon: 'warning' };
}

function offline(state: SyncState): SyncWords {
  const { syncedAt, isPortal } = state;
  const pending = entered(state);
  if (isPortal) {
    const saved = pending > 0 ? `・この端末に保存済み${pending}件` : '';
    return { words: `Wi-Fiのログインが必要です${saved}`, tone: 'warning', icon: 'warning' };
  }
  if (pending > 0)
    return {
      words: `オフライン・この端末に保存済み${pending}件`,
      tone: 'warning',
      icon: 'offline',
    };
  const last = syncedAt === undefined ? '' : `・同期済み ${jstTimeOfDay(syncedAt)}`;
  return { words: `オフライン${last}`, tone: 'plain', icon: 'offline' };
}
