/** What a ruler says about the page as it stands. Runs inside the browser: each function stands by itself. */

/**
 * Interactive things smaller than 44 × 44 px; the label of a hidden radio, checkbox or file choice is its target. Links inside
 * running text are excepted, as WCAG 2.5.8 does.
 */
export function smallTargets(): string[] {
  const least = 44;
  const sheet = [...document.querySelectorAll('dialog[open]')].at(-1);
  const found = (sheet ?? document).querySelectorAll<HTMLElement>(
    'button, a[href], input, select, textarea, summary, [role=button], [role=radio]',
  );
  return [...found].flatMap((item) => {
    const isDrawnByLabel = item.matches('[type=radio], [type=checkbox], [type=file]');
    const [label] = isDrawnByLabel && item instanceof HTMLInputElement ? (item.labels ?? []) : [];
    const target = label ?? item;
    if (!target.checkVisibility({ visibilityProperty: true })) return [];
    if (item.matches('p a')) return [];
    const { width, height } = target.getBoundingClientRect();
    if (Math.round(width) >= least && Math.round(height) >= least) return [];
    const words = (target.textContent || target.getAttribute('aria-label') || target.id).trim();
    return [
      `${target.localName}.${target.className} 「${words}」 ${width.toFixed(0)}×${height.toFixed(0)}`,
    ];
  });
}

/** What makes the page, its main area or its sheet scroll sideways. Tables may, in their own frame. */
export function sidewaysBy(): string[] {
  const frames = document.querySelectorAll<HTMLElement>(
    'html, main, dialog[open], .sheet-body, .reception-log, .board, .rail, .topbar',
  );
  return [...frames].flatMap((frame) => {
    if (frame.scrollWidth <= frame.clientWidth + 1) return [];
    const edge = frame.getBoundingClientRect().left + frame.clientWidth + 1;
    const beyond = [...frame.querySelectorAll<HTMLElement>('*')].find(
      (item) =>
        !item.closest('.table-scroll, .visually-hidden') &&
        item.checkVisibility() &&
        item.getBoundingClientRect().right > edge,
    );
    const name = beyond ? `${beyond.localName}.${beyond.getAttribute('class') ?? ''}` : '?';
    return [
      `${frame.localName}.${frame.className} is ${frame.scrollWidth} wide in ${frame.clientWidth}: ${name}`,
    ];
  });
}
