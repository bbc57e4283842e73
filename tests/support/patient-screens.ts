/** A screen that takes its time on a busy machine is not missing: who waits for one in a test of the screens waits longer. */
import { configure } from '@testing-library/preact';

configure({ asyncUtilTimeout: 15_000 });
