/** Keys of the notes why something was withdrawn, among the drafts (withdrawn.ts). */
export const notePrefix = 'withdrawn/';

export const isNote = (key: string) => key.startsWith(notePrefix);
