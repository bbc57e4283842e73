/**
 * A screen that takes its time on a busy machine is not missing: who waits for one in a test of the screens waits longer. And
 * what a screen does a moment after (the first wrong field is focused) is done before the page goes.
 */
import { cleanup, configure } from '@testing-library/preact';
import { afterAll } from 'vitest';

configure({ asyncUtilTimeout: 15_000 });

/** The real one, whatever a test has put in its place. */
const later = setTimeout;

afterAll(async () => {
  cleanup();
  await new Promise((done) => later(done, 50));
});
