/**
 * What a correction is about, opened with a logged view where parts of it are sealed. Where it does not open, or where this
 * tablet does not hold a part, what stands there is not known: nobody may be told that it is empty.
 */
import type { Session } from '../../device/types.ts';
import type { Kind } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Rec } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';

/** undefined: this tablet does not hold it. */
export async function openTarget(
  session: Session,
  verb: string,
  args: Values,
): Promise<Result<Rec | undefined>> {
  const kind = kindNamed(verb.split('.')[0] ?? '');
  const id = text(args['id']) ?? '';
  const held = () => (kind ? session.get(kind.name, id) : undefined);
  // Of a merged registration another one is shown; that is not the one that was corrected.
  if (!kind || held()?.id !== id) return ok(undefined);
  const opened = sealedParts(kind).length > 0 && (await openOnce(session, kind.name, id));
  return opened && !opened.ok ? opened : ok(held());
}

const openOnce = (session: Session, kind: string, id: string) =>
  session.open(kind, id, '要確認の記録を直す');

const sealedParts = (kind: Kind) =>
  Object.keys(kind.parts).filter((part) => kind.parts[part]?.listed === false);
