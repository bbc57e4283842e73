/**
 * Sheets for paper at the foot of the page itself: inside a screen that scrolls they would be cut at the height of the window
 * and moved by how far it is scrolled. What is drawn here has no context of its own.
 */
import { render, type ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

export function PrintAlone({ children }: { readonly children: ComponentChildren }) {
  useLayoutEffect(() => {
    const place = document.createElement('div');
    place.className = 'print-sheet';
    document.body.append(place);
    render(<>{children}</>, place);
    return () => {
      render(null, place);
      place.remove();
    };
  }, [children]);
  return null;
}
