/**
 * The fast tier's own `AbortController` and `AbortSignal`: what device code and the lines use of them and nothing else. Node's
 * make an error with a stack for every end; the full tier keeps them.
 */
type Hear = () => void;

// One for all: where it came from says nothing.
const ended = new DOMException('This operation was aborted', 'AbortError');

export class LightSignal {
  aborted = false;
  reason: unknown = undefined;
  readonly #listeners = new Set<Hear>();
  readonly #followers: LightSignal[] = [];
  static any(signals: readonly LightSignal[]): LightSignal {
    const all = new LightSignal();
    const over = signals.find(({ aborted }) => aborted);
    if (over) LightSignal.end(all, over.reason);
    else for (const one of signals) one.#followers.push(all);
    return all;
  }
  /** All have ended before the first of them is told so. */
  static end(signal: LightSignal, reason: unknown): void {
    const ending = signal.#chain().filter(({ aborted }) => !aborted);
    for (const one of ending) {
      one.aborted = true;
      one.reason = reason;
    }
    for (const one of ending) for (const hear of one.#listeners) hear();
  }
  #chain(): LightSignal[] {
    return [this, ...this.#followers.flatMap((one) => one.#chain())];
  }
  addEventListener(_type: 'abort', hear: Hear): void {
    this.#listeners.add(hear);
  }
  removeEventListener(_type: 'abort', hear: Hear): void {
    this.#listeners.delete(hear);
  }
}

export class LightController {
  readonly signal = new LightSignal();
  abort(reason: unknown = ended): void {
    LightSignal.end(this.signal, reason);
  }
}
