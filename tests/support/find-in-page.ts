/**
 * Runs inside the page, sent there as text: finds places as a screen reader would, with Testing Library's reading of roles
 * and names. Nothing from outside this function may be used in it.
 */
export type Matcher =
  | { readonly kind: 'whole' | 'part'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

export type Step =
  | { readonly by: 'role'; readonly role: string; readonly name?: Matcher }
  | { readonly by: 'text' | 'label'; readonly text: Matcher }
  | { readonly by: 'css'; readonly css: string; readonly hasText?: Matcher }
  | { readonly by: 'first' | 'last' };

type Fits = (text: string) => boolean;
interface Library {
  readonly queryAllByRole: (within: Element, role: string, by: { name?: Fits }) => Element[];
  readonly queryAllByText: (within: Element, fits: Fits) => Element[];
  readonly queryAllByLabelText: (within: Element, fits: Fits) => Element[];
}

export function findInPage(steps: readonly Step[]): Element[] {
  // Put into the page before this is called.
  const { TestingLibraryDom: library } = globalThis as unknown as { TestingLibraryDom: Library };
  const fits =
    (matcher: Matcher): Fits =>
    (given) => {
      const text = given.replaceAll(/\s+/g, ' ').trim();
      if (matcher.kind === 'pattern') return new RegExp(matcher.source, matcher.flags).test(text);
      return matcher.kind === 'whole' ? text === matcher.text : text.includes(matcher.text);
    };
  const within = (place: Element, step: Step): Element[] => {
    switch (step.by) {
      case 'role':
        return library.queryAllByRole(place, step.role, step.name ? { name: fits(step.name) } : {});
      case 'text':
        return library.queryAllByText(place, fits(step.text));
      case 'label':
        return library.queryAllByLabelText(place, fits(step.text));
      case 'css': {
        const all = [...place.querySelectorAll(step.css)];
        const { hasText } = step;
        return hasText ? all.filter((one) => fits(hasText)(one.textContent ?? '')) : all;
      }
      case 'first':
      case 'last':
        return [];
    }
  };
  const inOrder = (places: readonly Element[]) =>
    [...new Set(places)].toSorted((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
  let found: Element[] = [document.body];
  for (const step of steps) {
    if (step.by === 'first') found = found.slice(0, 1);
    else if (step.by === 'last') found = found.slice(-1);
    else found = inOrder(found.flatMap((place) => within(place, step)));
  }
  return found;
}

/** Of the places found, those that can be seen. */
export function onlyVisible(found: readonly Element[]): Element[] {
  return found.filter((one) => one.checkVisibility({ visibilityProperty: true }));
}

/** As typed: the value set and told, whatever the field is. */
export function fillInPage(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.focus();
  const owner = Object.getPrototypeOf(field) as object;
  const value = Object.getOwnPropertyDescriptor(owner, 'value');
  if (!value?.set) throw new Error(`${field.tagName} is no field`);
  value.set.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
