/** Appends this run's tally to the file named by MADOGUCHI_TALLY, so that `npm test` can close with one line for all. */
import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const file = process.env['MADOGUCHI_TALLY'];
    if (!file) return;
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      if (!module.ok() && [...module.children.allTests()].length === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
      }
    }
    appendFileSync(file, `${passed} ${failed}\n`);
  }
}
