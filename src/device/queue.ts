/** One after another within a tab, in the order asked; a failure of one is its own. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function createQueue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
