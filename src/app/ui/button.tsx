/** Buttons: verbs, ranked by shape. A busy one keeps its width and says so; none is ever disabled without words. */
import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly kind?: 'primary' | 'secondary' | 'plain' | 'danger' | undefined;
  readonly size?: 'small' | 'medium' | 'large' | undefined;
  readonly onPress?: (() => unknown) | undefined;
  readonly busy?: boolean | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  /** For a button whose words do not say enough out of their place. */
  readonly label?: string | undefined;
  /** Id of the words that say which one is meant, where the same button stands in every row. */
  readonly about?: string | undefined;
  readonly isPressed?: boolean | undefined;
  readonly children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { kind = 'secondary', size = 'medium', busy = false, type = 'button' } = props;
  return (
    <button
      type={type}
      class={`button button-${kind} button-${size}`}
      aria-busy={busy ? 'true' : undefined}
      aria-label={props.label}
      aria-describedby={props.about}
      aria-pressed={props.isPressed === undefined ? undefined : props.isPressed}
      onClick={() => {
        if (!busy) void props.onPress?.();
      }}
    >
      {props.children}
    </button>
  );
}
