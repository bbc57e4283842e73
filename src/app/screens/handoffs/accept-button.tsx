/** The last press of an acceptance, at the bottom right of what is seen. */
import type { ComponentChildren } from 'preact';
import type { Write } from '../../form/use-write.ts';
import { Button } from '../../ui/button.tsx';

interface AcceptButtonProps {
  readonly write: Write;
  readonly label: string;
  readonly onPress: () => unknown;
  /** Beside the button, so that it is never out of sight where the button is in sight. */
  readonly children?: ComponentChildren;
}

export function AcceptButton({ write, label, onPress, children }: AcceptButtonProps) {
  return (
    <div class="accept-action">
      {children}
      <Button kind="primary" size="large" busy={write.busy} onPress={onPress}>
        {label}
      </Button>
    </div>
  );
}
