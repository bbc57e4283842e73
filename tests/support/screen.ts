/**
 * What the desk driver needs of a browser's page: places found by the words a person reads. Playwright's Page and Locator
 * are such; webdriver-screen.ts makes one of any browser that only speaks WebDriver.
 */
export type Role =
  | 'button'
  | 'checkbox'
  | 'dialog'
  | 'group'
  | 'list'
  | 'navigation'
  | 'radio'
  | 'region'
  | 'textbox';

export interface Screen {
  getByRole(role: Role, options?: { name?: string | RegExp; exact?: boolean }): Spot;
  getByText(text: string | RegExp, options?: { exact?: boolean }): Spot;
  getByLabel(text: string | RegExp, options?: { exact?: boolean }): Spot;
  locator(css: string, options?: { hasText?: string | RegExp }): Spot;
}

export interface Spot extends Screen {
  first(): Spot;
  last(): Spot;
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  check(): Promise<void>;
  isChecked(): Promise<boolean>;
  isVisible(): Promise<boolean>;
  count(): Promise<number>;
  waitFor(options?: { state?: 'visible' | 'detached'; timeout?: number }): Promise<void>;
  evaluateAll(work: (elements: Element[]) => void): Promise<void>;
}
