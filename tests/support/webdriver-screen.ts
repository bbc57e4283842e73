/** A screen for the desk driver over plain WebDriver, for browsers that Playwright does not drive. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { WebDriver, WebElement } from 'selenium-webdriver';
import { fillInPage, findInPage, onlyVisible, type Matcher, type Step } from './find-in-page.ts';
import type { Screen, Spot } from './screen.ts';

const require = createRequire(import.meta.url);
const umd = require.resolve('@testing-library/dom/dist/@testing-library/dom.umd.min.js');
const library = readFileSync(umd, 'utf8');
const patienceMs = 20_000;
const lookEveryMs = 100;

const pause = () => new Promise((resolve) => setTimeout(resolve, lookEveryMs));

function matcher(text: string | RegExp, isWhole = false): Matcher {
  if (typeof text !== 'string') return { kind: 'pattern', source: text.source, flags: text.flags };
  return { kind: isWhole ? 'whole' : 'part', text };
}

export function webdriverScreen(driver: WebDriver): Screen {
  return screenAt(driver, []);
}

function screenAt(driver: WebDriver, steps: readonly Step[]): Screen {
  const at = (step: Step) => spotAt(driver, [...steps, step]);
  return {
    getByRole: (role, { name, exact } = {}) =>
      at({ by: 'role', role, ...(name === undefined ? {} : { name: matcher(name, exact) }) }),
    getByText: (text, { exact } = {}) => at({ by: 'text', text: matcher(text, exact) }),
    getByLabel: (text, { exact } = {}) => at({ by: 'label', text: matcher(text, exact) }),
    locator: (css, { hasText } = {}) =>
      at({ by: 'css', css, ...(hasText === undefined ? {} : { hasText: matcher(hasText) }) }),
  };
}

function spotAt(driver: WebDriver, steps: readonly Step[]): Spot {
  const find = (isVisible: boolean) => findElements(driver, steps, isVisible);
  const until = async <T>(look: () => Promise<T | undefined>, ms = patienceMs): Promise<T> => {
    const deadline = Date.now() + ms;
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      if (Date.now() > deadline) throw new Error(`waited in vain for ${JSON.stringify(steps)}`);
      await pause();
    }
  };
  const one = () => until(async () => (await find(true))[0]);
  const isChecked = async () => (await one()).isSelected();
  /** Until nothing lies over it and it does not move any more. */
  const click = () =>
    until(async () =>
      (await one()).click().then(
        () => true,
        () => undefined,
      ),
    ).then(() => undefined);
  return {
    ...screenAt(driver, steps),
    first: () => spotAt(driver, [...steps, { by: 'first' }]),
    last: () => spotAt(driver, [...steps, { by: 'last' }]),
    click,
    fill: async (text) => {
      await driver.executeScript(`(${fillInPage.toString()})(...arguments)`, await one(), text);
    },
    isChecked,
    check: async () => {
      if (!(await isChecked())) await click();
    },
    isVisible: async () => (await find(true)).length > 0,
    count: async () => (await find(false)).length,
    waitFor: async ({ state = 'visible', timeout } = {}) => {
      const isWanted = async () => (await find(true)).length > 0 === (state === 'visible');
      await until(async () => ((await isWanted()) ? true : undefined), timeout);
    },
    evaluateAll: async (work) => {
      // Elements inside a list do not cross to WebKit's driver: found and used in one go.
      await driver.executeScript(`(${work.toString()})(${found})`, steps);
    },
  };
}

const found = `(${findInPage.toString()})(arguments[0])`;

/** While a page is going or coming there is nothing to be found in it. */
async function findElements(
  driver: WebDriver,
  steps: readonly Step[],
  isVisible: boolean,
): Promise<WebElement[]> {
  const wanted = isVisible ? `(${onlyVisible.toString()})(${found})` : found;
  try {
    if (!(await driver.executeScript('return "TestingLibraryDom" in globalThis')))
      await driver.executeScript(library);
    return await driver.executeScript<WebElement[]>(`return ${wanted}`, steps);
  } catch {
    return [];
  }
}
