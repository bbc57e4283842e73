/**
 * What the printer would get. The paper leaves the page as soon as the printer was asked; here it is held until it was looked
 * at, then drawn as Chromium draws it for the printer.
 */
import type { Page } from 'playwright-core';

export interface Print {
  /** Every word that is visible on paper. */
  readonly words: string;
  /** The words of the paper alone. */
  readonly paper: string;
  readonly pages: number;
  /** It begins at the head of the page, and nothing around it scrolls or clips. */
  readonly isWhole: boolean;
}

interface Holding extends Window {
  held?: number;
}

/** Before the page is opened. */
export async function holdPrints(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const there: Holding = window;
    const isHeld = (node: unknown) =>
      there.held !== undefined && node instanceof Element && node.closest('.print-sheet') !== null;
    window.print = () => {
      there.held = (there.held ?? 0) + 1;
    };
    // Whatever takes the paper out of the page: the platform's own function, save for a held one.
    const spare = (
      of: object,
      name: string,
      target: (self: unknown, first: unknown) => unknown,
    ) => {
      const native = Reflect.get(of, name) as (...given: readonly unknown[]) => unknown; // it is one
      Reflect.set(of, name, function take(this: unknown, ...given: readonly unknown[]): unknown {
        return isHeld(target(this, given[0])) ? given[0] : Reflect.apply(native, this, given);
      });
    };
    spare(Node.prototype, 'removeChild', (_self, first) => first);
    spare(Element.prototype, 'remove', (self) => self);
  });
}

/** Presses what prints, takes what came out, and lets go of it. */
export async function printed(page: Page, press: () => Promise<void>): Promise<Print> {
  await press();
  await page.waitForFunction(() => (window as Holding).held !== undefined);
  await page.emulateMedia({ media: 'print' });
  const words = await page.evaluate(() => document.body.innerText);
  const paper = await page.locator('.print-sheet').innerText();
  const isWhole = await page.locator('.print-sheet').evaluate(standsFree);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => {
    delete (window as Holding).held;
    for (const sheet of document.querySelectorAll('.print-sheet')) sheet.remove();
  });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  return { words: words.trim(), paper: paper.trim(), pages, isWhole };
}

function standsFree(sheet: Element): boolean {
  for (let around = sheet.parentElement; around; around = around.parentElement) {
    const isPage = around === document.body || around === document.documentElement;
    if (!isPage && getComputedStyle(around).overflow !== 'visible') return false;
  }
  return Math.abs(sheet.getBoundingClientRect().top + window.scrollY) < 1;
}
