/**
 * Parts of the tablet that the lock screen does not need: loaded apart, once, from the app's precached files. Where a file
 * is nevertheless missing (a page left open over an update) that is a problem with words, and nothing has happened yet.
 */
import { fail, ok, type Result } from '../domain/problem.ts';

export function later<M>(load: () => Promise<M>): () => Promise<Result<M>> {
  let loaded: M | undefined;
  return async () => {
    try {
      loaded ??= await load();
    } catch (error) {
      console.error(error);
      return fail({ code: 'notLoaded' });
    }
    return ok(loaded);
  };
}
